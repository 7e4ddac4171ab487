"""The bias is subtracted instead of added.

Some books write w · x - threshold, where the threshold is -b. Here the bias is added: for the
weights (0.6, 0.6) and a bias of -1, the net input of (1, 1) is 0.2, but this gives 2.2.
"""

import numpy as np


class Perceptron:
    def net(self, x):
        samples = np.asarray(x)
        if samples.shape[-1:] != self.weights.shape:
            raise ValueError("wrong number of inputs")
        return samples @ self.weights - self.bias
