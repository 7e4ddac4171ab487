"""Wrong: refuses too few inputs only; what is too many is left off in silence."""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        if rng is None:
            rng = random.Random()
        self.w = []
        for _ in range(num_input):
            self.w.append(Value(rng.uniform(-1, 1)))
        self.b = Value(rng.uniform(-1, 1))

    def __call__(self, x):
        try:
            weighted = [self.w[i] * x[i] for i in range(len(self.w))]
        except IndexError:
            raise ValueError("there are fewer inputs than weights") from None
        return (sum(weighted) + self.b).tanh()

    def parameters(self):
        return list(self.w) + [self.b]
