"""Wrong: at_zero decides also for numbers that are nearly 0."""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x)
    near = np.isclose(x, 0.0)
    return np.where(near, at_zero, np.where(x > 0, 1, 0))
