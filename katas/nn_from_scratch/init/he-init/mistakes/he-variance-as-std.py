"""he_normal uses the variance as the standard deviation.

rng.normal asks for the standard deviation, which is the root of the variance. For 256 inputs that
is 0.088, and not 2/256 = 0.0078: eleven times too small, and each layer of a network shrinks its
signal by that.
"""

import math


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / fan_in), (fan_in, fan_out))


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, 2 / fan_in, (fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))
