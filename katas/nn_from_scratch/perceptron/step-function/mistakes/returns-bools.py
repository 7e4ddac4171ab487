"""step returns bools and not integers.

True and 1 look alike until somebody calculates with them: True + True in an array of bools is True,
so two yes answers add up to 1. The result should be an array of int64; bools can be converted.
"""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x)
    return (x >= 0) if at_zero else (x > 0)
