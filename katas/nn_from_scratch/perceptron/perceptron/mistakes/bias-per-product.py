"""The bias is added to each product, so n times instead of once.

For AND with the weights (0.6, 0.6) and a bias of -1, the net input of (1, 1) becomes 1.2 - 2 = -0.8
instead of 0.2. First add up the products, then add the bias.
"""

import numpy as np


class Perceptron:
    def net(self, x):
        samples = np.asarray(x)
        if samples.shape[-1:] != self.weights.shape:
            raise ValueError("wrong number of inputs")
        return (samples * self.weights + self.bias).sum(axis=-1)
