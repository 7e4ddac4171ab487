"""log returns nan for a negative number.

numpy's log does so. A nan spreads: after 1 step every weight can be nan, and nobody sees where it
began. log should raise ValueError for every number that has no logarithm, 0 included.
"""


def log(x):
    import numpy as np

    with np.errstate(all="ignore"):
        y, slope = np.log(x.data), 1.0 / np.float64(x.data)
    return Value(float(y), (x,), "log", (float(slope),))
