"""Wrong: the bias is added once for each input, inside the sum."""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = random.Random() if rng is None else rng
        self.w = [Value(rng.uniform(-1, 1)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1, 1))

    def __call__(self, x):
        if len(self.w) != len(x):
            raise ValueError("inputs and weights differ in number")
        return sum((w * x_i + self.b for w, x_i in zip(self.w, x)), Value(0.0)).tanh()

    def parameters(self):
        return [*self.w, self.b]
