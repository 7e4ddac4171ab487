"""step gives 1 for nan.

Here everything that is not below 0 counts as above 0. Each comparison with nan is False, so nan is
not "below 0" either: it gives 1 and should give 0. Test which numbers are above 0.
"""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x)
    return np.where(x < 0, 0, np.where(x == 0, at_zero, 1))
