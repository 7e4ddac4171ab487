"""Wrong: draws from a copy of rng, so the next layer from the same rng gets the same numbers."""

from copy import deepcopy

import numpy as np


def _normal(variance, fan_in, fan_out, rng):
    rng = deepcopy(rng)  # leave the caller's alone
    return np.sqrt(variance) * rng.standard_normal((fan_in, fan_out))


def _uniform(limit, fan_in, fan_out, rng):
    rng = deepcopy(rng)
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def lecun_normal(fan_in, fan_out, rng):
    return _normal(1 / fan_in, fan_in, fan_out, rng)


def xavier_normal(fan_in, fan_out, rng):
    return _normal(2 / (fan_in + fan_out), fan_in, fan_out, rng)


def xavier_uniform(fan_in, fan_out, rng):
    return _uniform((6 / (fan_in + fan_out)) ** 0.5, fan_in, fan_out, rng)


def he_normal(fan_in, fan_out, rng):
    return _normal(2 / fan_in, fan_in, fan_out, rng)


def he_uniform(fan_in, fan_out, rng):
    return _uniform((6 / fan_in) ** 0.5, fan_in, fan_out, rng)
