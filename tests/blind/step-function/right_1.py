"""Right: start with zeros and fill in by masks."""

import numpy as np


def step(x, at_zero=1):
    a = np.asarray(x)
    result = np.zeros(a.shape, dtype=np.int64)
    result[a > 0] = 1
    result[a == 0] = at_zero
    return result
