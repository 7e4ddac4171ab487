"""he_normal does not draw from rng, but from another generator.

The seed of rng then has no effect: the same seed gives different weights at the next call, and you
cannot repeat a run. Draw every weight from the rng that is passed.
"""

base = "variants/plain"

import numpy as np


def he_normal(fan_in, fan_out, rng):
    generator = np.random.default_rng()
    return generator.normal(0.0, math.sqrt(2 / fan_in), size=(fan_in, fan_out))
