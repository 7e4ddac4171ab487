"""The weights are plain numbers and not Values.

The neuron computes the right output, but a float has no gradient, so that training can never find
out how to change it. Only what is a Value can learn.
"""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [rng.uniform(-1.0, 1.0) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} weights, but {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)
        return net_input.tanh()

    def parameters(self):
        return [*self.w, self.b]
