"""he_uniform draws between 0 and the limit, so that no weight is negative.

The mean should be 0. With 256 positive weights a layer multiplies the mean of its inputs by about
20, and all neurons see nearly the same sum. rng.random gives numbers from 0 to 1: they have to be
spread over both sides.
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
    return rng.normal(0.0, math.sqrt(2 / fan_in), (fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(0, limit, (fan_in, fan_out))
