"""The three normal schemes pass the variance to rng.normal, which expects the standard deviation.

The standard deviation is the square root of the variance: for 256 inputs he_normal needs 0.088,
while 2/256 is 0.0078, eleven times too small. Take the square root in all three functions.
"""

base = "variants/plain"


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, 1 / fan_in, size=(fan_in, fan_out))


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, 2 / (fan_in + fan_out), size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, 2 / fan_in, size=(fan_in, fan_out))
