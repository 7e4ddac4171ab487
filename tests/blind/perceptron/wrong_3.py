"""Wrong: w @ X, which mixes the samples."""

import numpy as np

from .step import step


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        rng = np.random.default_rng() if rng is None else rng
        self.weights = rng.normal(size=n_inputs)
        self.bias = 0.0

    def net(self, x):
        z = self.weights @ np.array(x)
        return z + self.bias

    def forward(self, x):
        return step(self.net(x))
