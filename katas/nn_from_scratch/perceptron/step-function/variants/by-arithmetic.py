"""Bools become integers, and are added."""

import numpy as np


def step(x, at_zero=1):
    x = np.asarray(x)
    return (x > 0).astype(int) + at_zero * (x == 0)
