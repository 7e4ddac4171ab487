"""Wrong: parameters() appends the bias to the list of weights itself."""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng or random.Random()
        self.w = [Value(rng.uniform(-1, 1)) for _ in range(num_input)]
        self.b = Value(rng.uniform(-1, 1))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError("wrong number of inputs")
        act = self.b
        for wi, xi in zip(self.w, x):
            act = act + wi * xi
        return act.tanh()

    def parameters(self):
        params = self.w
        params.append(self.b)
        return params
