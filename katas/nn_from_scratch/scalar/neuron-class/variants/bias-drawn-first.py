"""Draws the bias first, each number as 2 random() - 1, and adds in an explicit loop."""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        if rng is None:
            rng = random.Random()
        self.b = Value(2.0 * rng.random() - 1.0)
        self.w = []
        for _ in range(num_input):
            self.w.append(Value(2.0 * rng.random() - 1.0))

    def __call__(self, x):
        if len(x) > len(self.w) or len(x) < len(self.w):
            raise ValueError("wrong number of inputs")
        total = Value(0.0)
        for i in range(len(self.w)):
            total = total + x[i] * self.w[i]
        return (total + self.b).tanh()

    def parameters(self):
        listed = list(self.w)
        listed.append(self.b)
        return listed
