"""step is computed from the sign, and gives 0.5 at 0.

np.sign is -1, 0 or 1, so (sign + 1) / 2 is 0, 0.5 or 1, and a float. 0.5 is neither yes nor no. The
numbers that are equal to 0 should give at_zero, and all answers should be integers.
"""

import numpy as np


def step(x, at_zero=1):
    return (np.sign(np.asarray(x)) + 1) / 2
