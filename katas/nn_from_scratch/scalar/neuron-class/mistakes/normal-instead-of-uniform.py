"""The weights are drawn from a normal distribution, not from the uniform one.

Of a normal distribution with deviation 1 about 32 % lie outside -1 to 1, and the numbers crowd
around 0. Asked for is every number between -1 and 1 with the same right.
"""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.gauss(0.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.gauss(0.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} weights, but {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)
        return net_input.tanh()

    def parameters(self):
        return [*self.w, self.b]
