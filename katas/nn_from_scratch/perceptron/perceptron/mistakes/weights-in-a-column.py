"""The weights are a column of shape (n, 1).

Then X @ w has shape (N, 1), and for one sample the result is an array with 1 number, not a number.
With 3 inputs the weights should have shape (3,): draw them with size=n.
"""

import numpy as np


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        rng = np.random.default_rng() if rng is None else rng
        self.weights = rng.normal(size=(n_inputs, 1))
        self.bias = 0.0
