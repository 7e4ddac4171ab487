"""The bias is not part of the sum.

Whatever the weights are, such a neuron gives 0 when all inputs are 0, and its bias never gets a
gradient. The bias is what moves the place where the neuron bends.
"""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} weights, but {len(x)} inputs")
        return sum(w * x_i for w, x_i in zip(self.w, x)).tanh()

    def parameters(self):
        return [*self.w, self.b]
