"""X @ w + b, and NumPy's own ValueError."""

import numpy as np


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        self.weights = (rng or np.random.default_rng()).normal(0.0, 1.0, n_inputs)
        self.bias = np.float64(0.0)

    def net(self, x):
        return x @ self.weights + self.bias

    def forward(self, x):
        return np.where(self.net(x) >= 0, 1, 0)
