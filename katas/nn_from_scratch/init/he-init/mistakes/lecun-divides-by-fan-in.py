"""lecun_normal divides the draws by fan_in, where the root of fan_in is meant.

The variance should be 1/fan_in, so the draws are divided by its root: for 256 inputs by 16. A sum
of 256 products then varies as much as one input. Divided by 256, each layer makes the signal 16
times smaller.
"""

import math


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(size=(fan_in, fan_out)) / fan_in


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_in), (fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))
