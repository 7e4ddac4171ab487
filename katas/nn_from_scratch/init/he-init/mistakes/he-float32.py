"""he_normal returns float32.

float32 has about 7 digits and float64 about 16, and the later katas compare gradients to more than 7
digits. Return the float64 numbers that rng draws.
"""

base = "variants/plain"

import numpy as np


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_in), size=(fan_in, fan_out)).astype(np.float32)
