"""he_normal makes a new generator with a fixed seed in every call.

Two layers of the same size get exactly the same weights, and a run with a different seed repeats
the same numbers. The generator that is passed continues where the last draw stopped; draw from it.
"""

base = "variants/plain"

import numpy as np


def he_normal(fan_in, fan_out, rng):
    generator = np.random.default_rng(0)
    return generator.normal(0.0, math.sqrt(2 / fan_in), size=(fan_in, fan_out))
