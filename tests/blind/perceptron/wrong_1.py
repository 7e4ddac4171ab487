"""Wrong: the program from the article, with its if."""

import numpy as np


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        rng = rng or np.random.default_rng()
        self.weights = rng.normal(size=n_inputs)
        self.bias = rng.normal()

    def net(self, x):
        return np.dot(x, self.weights) + self.bias

    def forward(self, x):
        z = self.net(x)
        if z >= 0:
            return 1
        return 0
