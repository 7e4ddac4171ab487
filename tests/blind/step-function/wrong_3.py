"""Wrong: the comparison is returned as it is."""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x)
    return np.where(x == 0, at_zero == 1, x > 0)
