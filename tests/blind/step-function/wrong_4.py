"""Wrong: sign and clip; 0 is always 0."""

import numpy as np


def step(x, at_zero=1):
    return np.clip(np.sign(np.nan_to_num(np.asarray(x), nan=-1.0)), 0, 1)
