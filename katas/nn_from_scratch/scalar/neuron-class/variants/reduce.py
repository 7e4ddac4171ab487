"""One list holds all parameters; the sum is a functools.reduce."""

import random
from functools import reduce

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        draw = (rng or random.Random()).uniform
        self._all = [Value(draw(-1, 1)) for _ in range(num_input + 1)]

    def __call__(self, x):
        pairs = zip(self.w, x, strict=True)  # raises ValueError for different lengths
        return reduce(lambda total, pair: total + pair[0] * pair[1], pairs, self.b).tanh()

    def parameters(self):
        return self._all[:]

    @property
    def w(self):
        return self._all[:-1]

    @property
    def b(self):
        return self._all[-1]
