"""The bias is a plain number and not a Value.

It shifts the neuron, but it has no gradient and so can never be trained: it stays what it was drawn
as. The bias is a parameter like the weights.
"""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = rng.uniform(-1.0, 1.0)

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} weights, but {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=Value(self.b))
        return net_input.tanh()

    def parameters(self):
        return [*self.w, self.b]
