"""Wrong: takes the number out of inputs that are Values, so they never get a gradient."""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng else random.Random()
        self.b = Value(rng.uniform(-1, 1))
        self.w = [Value(rng.uniform(-1, 1)) for _ in range(num_input)]

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(x)} inputs for {len(self.w)} weights")
        numbers = [v.data if isinstance(v, Value) else float(v) for v in x]
        total = self.b
        for w, number in zip(self.w, numbers):
            total = total + w * number
        return total.tanh()

    def parameters(self):
        return [*self.w, self.b]
