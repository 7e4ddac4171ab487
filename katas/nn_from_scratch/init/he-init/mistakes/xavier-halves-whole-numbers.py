"""xavier_normal halves fan_in + fan_out with //, which throws a half away where the sum is odd.

In a large layer nobody sees it. For 3 inputs and 4 outputs, 7 // 2 is 3, and the variance comes out
as 1/3 = 0.333 where 2/7 = 0.286 is right. A mean of two sizes need not be a whole number.
"""

import math


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / fan_in), (fan_in, fan_out))


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / ((fan_in + fan_out) // 2)), (fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_in), (fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))
