"""he_normal gives every weight the same number.

All neurons of a layer then compute the same output, get the same gradient and stay equal: 32 hidden
neurons that started like this on the handwritten digits were still equal after 200 steps, and the
network read 29 % of the digits. Draw each weight independently.
"""

base = "variants/plain"

import numpy as np


def he_normal(fan_in, fan_out, rng):
    return np.full((fan_in, fan_out), math.sqrt(2 / fan_in))
