"""step returns floats and not integers.

The values are right, but 1.0 is a float: the result should have the dtype int64. A decision is an
integer, which can be an index or a label. Choose between 0 and 1, not 0.0 and 1.0, or convert.
"""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x)
    return np.where(x > 0, 1.0, np.where(x == 0, float(at_zero), 0.0))
