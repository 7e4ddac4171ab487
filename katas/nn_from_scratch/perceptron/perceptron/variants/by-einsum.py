"""The sum over the last axis, written as an einsum; the bias is drawn too."""

import numpy as np

from .step import step


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        if rng is None:
            rng = np.random.default_rng()
        self.weights = rng.uniform(-1, 1, n_inputs)
        self.bias = rng.uniform(-1, 1)

    def net(self, x):
        x = np.asarray(x, dtype=float)
        if x.shape[-1] != len(self.weights):
            raise ValueError("wrong number of inputs")
        return np.einsum("...i,i->...", x, self.weights) + self.bias

    def forward(self, x):
        return step(self.net(x))
