"""Right: weights on the left of the transposed batch."""

import numpy as np


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        if rng is None:
            rng = np.random.default_rng()
        self.weights = rng.uniform(size=n_inputs)
        self.bias = 1

    def net(self, x):
        return np.dot(self.weights, np.asarray(x).T) + self.bias

    def forward(self, x):
        return (self.net(x) >= 0).astype(np.int64)
