"""One number is drawn and given to every weight.

The weights are objects of their own but start out equal, so the neuron treats its inputs alike. Of
10 weights there should be 10 different numbers: draw anew for each.
"""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        number = rng.uniform(-1.0, 1.0)
        self.w = [Value(number) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} weights, but {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)
        return net_input.tanh()

    def parameters(self):
        return [*self.w, self.b]
