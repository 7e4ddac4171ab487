"""The weights come from NumPy's global generator, and rng is not used.

np.random.randn draws from a state that the whole program shares. The same rng then gives 2 different
perceptrons, and making one changes what other code draws. Call a method of rng instead.
"""

import numpy as np


class Perceptron:
    def __init__(self, n_inputs, rng=None):
        self.weights = np.random.randn(n_inputs)
        self.bias = 0.0
