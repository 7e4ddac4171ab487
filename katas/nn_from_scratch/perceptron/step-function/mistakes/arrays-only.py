"""step works for arrays, but not for a list or a plain number.

`[1, 2] > 0` raises TypeError in Python, and the number 0.5 > 0 is a bool without the method astype.
np.asarray(x) makes an array of each of them, and returns an array as it is.
"""

import numpy as np


def step(x, at_zero=1):
    return (x > 0).astype(np.int64) + at_zero * (x == 0).astype(np.int64)
