"""Samples with the wrong number of inputs are not rejected.

`x * w` repeats a single number for all weights: with 3 weights, a sample of 1 number gives an answer,
although 2 numbers are missing. The matrix product x @ w raises a ValueError when the sizes differ.
"""

import numpy as np


class Perceptron:
    def net(self, x):
        return (np.asarray(x) * self.weights).sum(axis=-1) + self.bias
