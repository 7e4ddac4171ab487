"""All products of the batch are added up to a single number.

`(X * w).sum()` adds over the rows as well. For X = ((1, 2), (3, 4)), w = (1, 10) and b = 0.5 it gives
64.5 instead of (21.5, 43.5): one net input per sample. Add up along the inputs only.
"""

import numpy as np


class Perceptron:
    def net(self, x):
        samples = np.asarray(x)
        if samples.shape[-1:] != self.weights.shape:
            raise ValueError("wrong number of inputs")
        return (samples * self.weights).sum() + self.bias
