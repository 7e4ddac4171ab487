"""lecun_normal divides the draws by fan_in instead of by its square root.

The variance should be 1/fan_in, so the standard deviation is 1/√fan_in: for 256 inputs 1/16. With
1/256 each layer makes the signal 16 times smaller. Take the square root.
"""

import math


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(size=(fan_in, fan_out)) / fan_in


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / (fan_in + fan_out)), size=(fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_in), size=(fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
