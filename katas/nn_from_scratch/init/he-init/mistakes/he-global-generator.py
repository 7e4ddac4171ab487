"""he_normal draws from numpy's global generator and not from rng.

np.random.randn and np.random.normal share one state with the whole program. The seed of rng has no
effect, and every other draw in the program changes the weights. Call the methods of rng.
"""

base = "variants/plain"

import numpy as np


def he_normal(fan_in, fan_out, rng):
    return np.random.randn(fan_in, fan_out) * math.sqrt(2 / fan_in)
