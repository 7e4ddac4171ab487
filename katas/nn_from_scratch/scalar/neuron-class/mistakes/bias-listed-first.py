"""parameters() lists the bias before the weights.

Which of them comes first is a convention, but others rely on it: weights first, in the order of the
inputs, and the bias last. A neuron with 3 inputs gives w[0], w[1], w[2], b.
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
        net_input = sum((w * x_i for w, x_i in zip(self.w, x)), start=self.b)
        return net_input.tanh()

    def parameters(self):
        return [self.b, *self.w]
