"""Wrong: xavier_normal halves fan_in + fan_out with //, which loses a half where the sum is odd."""

import math


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(loc=0, scale=1 / math.sqrt(fan_in), size=(fan_in, fan_out))


def xavier_normal(fan_in, fan_out, rng):
    fan_mean = (fan_in + fan_out) // 2
    return rng.normal(loc=0, scale=1 / math.sqrt(fan_mean), size=(fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, rng):
    bound = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(low=-bound, high=bound, size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(loc=0, scale=math.sqrt(2 / fan_in), size=(fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    bound = math.sqrt(6 / fan_in)
    return rng.uniform(low=-bound, high=bound, size=(fan_in, fan_out))
