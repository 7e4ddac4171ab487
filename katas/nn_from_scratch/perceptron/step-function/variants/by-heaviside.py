"""NumPy's own step function; nan is removed first."""

import numpy as np


def step(x, at_zero=1):
    x = np.array(x, dtype=float)
    x = np.where(np.isnan(x), -1.0, x)
    return np.heaviside(x, at_zero).astype(np.int64)
