"""Right: choose the comparison by the convention."""

import numpy as np


def step(x, at_zero=1):
    x = np.array(x)
    compared = x >= 0 if at_zero == 1 else x > 0
    return np.asarray(compared).astype("int64")
