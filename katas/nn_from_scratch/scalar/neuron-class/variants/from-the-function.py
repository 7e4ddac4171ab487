"""Uses the function tanh, and numbers drawn by a generator of its own."""

import random

from ..autograd.tanh import tanh
from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        seed = rng.getrandbits(64) if rng is not None else None
        own = random.Random(seed)
        self.w = [Value(own.uniform(1, -1)) for _ in range(num_input)]
        self.b = Value(own.uniform(1, -1))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError("wrong number of inputs")
        return tanh(sum((w * x_i for w, x_i in zip(self.w, x, strict=True)), self.b))

    def parameters(self):
        return [*self.w, self.b]
