"""Wrong: the bias is inside the sum, and the numbers of the generator are the global ones."""

import numpy as np

from .step import step


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        self.weights = np.random.uniform(-1, 1, n_inputs)
        self.bias = np.random.uniform(-1, 1)

    def net(self, x):
        X = np.asarray(x)
        if X.shape[-1] != len(self.weights):
            raise ValueError("wrong number of inputs")
        return np.sum(self.weights * X + self.bias, axis=-1)

    def forward(self, x):
        return step(self.net(x))
