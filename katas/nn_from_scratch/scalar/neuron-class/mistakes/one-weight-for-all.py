"""All inputs share one single weight.

[Value(...)] * n makes a list with n times the same object, not n objects. Changing one weight
changes all, and a neuron with 3 inputs has 2 parameters to learn instead of 4. Each input needs a
Value that is made for it.
"""

import random

from ..autograd.value import Value


class Neuron:
    def __init__(self, num_input, rng=None):
        rng = rng if rng is not None else random.Random()
        self.w = [Value(rng.uniform(-1.0, 1.0))] * num_input
        self.b = Value(rng.uniform(-1.0, 1.0))

    def __call__(self, x):
        if len(x) != len(self.w):
            raise ValueError(f"{len(self.w)} weights, but {len(x)} inputs")
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)
        return net_input.tanh()

    def parameters(self):
        return [*self.w, self.b]
