"""step writes its answers into the array that was passed in.

The caller's numbers are gone afterwards: (-2, 0.5, 3) has become (0, 1, 1). Make a new array for the
answers.
"""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x)
    zero, above = x == 0, x > 0
    x[...] = 0
    x[zero] = at_zero
    x[above] = 1
    return x.astype(np.int64)
