"""The weights are on the left of the product, and the samples on the right.

For one sample that makes no difference. For a batch (N, n) NumPy raises an error, or mixes the
samples when N = n: X = ((1, 2), (3, 4)) and w = (1, 10) give (31, 42) instead of (21, 43). Each row
of X must be multiplied by the weights.
"""

import numpy as np


class Perceptron:
    def net(self, x):
        return np.dot(self.weights, np.asarray(x)) + self.bias
