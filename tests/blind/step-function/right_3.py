"""Right: np.select with a default."""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x, dtype=np.float64)
    return np.select([x > 0.0, x == 0.0], [1, at_zero], default=0)
