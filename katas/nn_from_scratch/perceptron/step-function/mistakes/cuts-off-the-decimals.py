"""The numbers are converted to integers before they are compared with 0.

This drops the fractional part: 0.5 becomes 0 and counts as exactly 0, so step(0.5, at_zero=0) is 0, and
step(-0.5) is 1. Compare first. Only the answers are integers.
"""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x)
    with np.errstate(all="ignore"):
        x = x.astype(np.int64)
    return np.where(x > 0, 1, np.where(x == 0, at_zero, 0))
