"""he_normal passes the variance to rng.normal, which expects the standard deviation.

The standard deviation is the square root of the variance: for 256 inputs it is 0.088, while 2/256
is 0.0078. The weights are eleven times too small, and each layer makes its signal eleven times
smaller. Take the square root.
"""

base = "variants/plain"


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, 2 / fan_in, size=(fan_in, fan_out))
