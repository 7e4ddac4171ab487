"""he_normal gives every weight the same number.

All neurons of a layer then compute the same output, get the same gradient and stay equal. In a test
on images of handwritten digits, 32 hidden neurons that started like this were still equal after 200
steps, and the network classified 29 % of the images correctly. Draw each weight independently.
"""

base = "variants/plain"

import numpy as np


def he_normal(fan_in, fan_out, rng):
    return np.full((fan_in, fan_out), math.sqrt(2 / fan_in))
