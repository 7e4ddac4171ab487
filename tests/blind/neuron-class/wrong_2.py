"""Wrong: without a generator it draws from Python's global one."""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        source = random if rng is None else rng
        self.w = [Value(source.uniform(-1, 1)) for _ in range(num_input)]
        self.b = Value(source.uniform(-1, 1))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"expected {len(self.w)} inputs, got {len(x)}")
        return sum((w * v for w, v in zip(self.w, x)), self.b).tanh()

    def parameters(self):
        return self.w + [self.b]
