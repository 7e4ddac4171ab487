"""All weights start at 0, and rng is not used.

Then 2 perceptrons are always the same, whatever the seed is. A single perceptron may learn from there,
but here the weights should be drawn from rng.
"""

import numpy as np


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        self.weights = np.zeros(n_inputs)
        self.bias = 0.0
