"""he_normal gives zeros.

With all weights 0 the hidden neurons get no gradient, and they all compute the same output. On
images of handwritten digits, a two-layer network that starts like this is still guessing after 200
steps: it classifies 10 % correctly. Draw each weight independently.
"""

base = "variants/plain"

import numpy as np


def he_normal(fan_in, fan_out, rng):
    return np.zeros((fan_in, fan_out))
