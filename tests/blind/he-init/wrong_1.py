"""Wrong: he_uniform takes √(2/fan_in), the standard deviation, for its limit."""

import numpy as np


def lecun_normal(fan_in, fan_out, rng):
    return rng.standard_normal((fan_in, fan_out)) / np.sqrt(fan_in)


def xavier_normal(fan_in, fan_out, rng):
    std = np.sqrt(2 / (fan_in + fan_out))
    return rng.standard_normal((fan_in, fan_out)) * std


def xavier_uniform(fan_in, fan_out, rng):
    a = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-a, a, size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    std = np.sqrt(2 / fan_in)
    return rng.standard_normal((fan_in, fan_out)) * std


def he_uniform(fan_in, fan_out, rng):
    std = np.sqrt(2 / fan_in)
    return rng.uniform(-std, std, size=(fan_in, fan_out))
