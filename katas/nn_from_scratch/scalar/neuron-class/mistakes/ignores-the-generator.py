"""The numbers come from Python's global generator, although one was passed.

Then nobody can make the same neuron twice: every other piece of a program that draws a number
changes the outcome. Draw from rng, and leave the global generator as it is.
"""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        self.w = [Value(random.uniform(-1.0, 1.0)) for _ in range(num_input)]
        self.b = Value(random.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} weights, but {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)
        return net_input.tanh()

    def parameters(self):
        return [*self.w, self.b]
