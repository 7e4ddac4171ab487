"""The neuron gives the weighted sum as it is; tanh is missing.

Without a function that bends, layers of such neurons are worth no more than one of them: a weighted
sum of weighted sums is a weighted sum. For a sum of 2 the neuron should give 0.964.
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
        return sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)

    def parameters(self):
        return [*self.w, self.b]
