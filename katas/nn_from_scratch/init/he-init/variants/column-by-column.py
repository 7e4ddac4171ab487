"""The weights of each neuron are drawn separately, and the columns are joined."""

import numpy as np


def lecun_normal(fan_in, fan_out, rng):
    return _columns(fan_out, lambda: rng.normal(0, fan_in**-0.5, fan_in))


def xavier_normal(fan_in, fan_out, rng):
    scale = (2 / (fan_in + fan_out)) ** 0.5
    return _columns(fan_out, lambda: rng.normal(0, scale, fan_in))


def xavier_uniform(fan_in, fan_out, rng):
    a = (6 / (fan_in + fan_out)) ** 0.5
    return _columns(fan_out, lambda: rng.uniform(-a, a, fan_in))


def he_normal(fan_in, fan_out, rng):
    return _columns(fan_out, lambda: rng.normal(0, (2 / fan_in) ** 0.5, fan_in))


def he_uniform(fan_in, fan_out, rng):
    a = (6 / fan_in) ** 0.5
    return _columns(fan_out, lambda: rng.uniform(-a, a, fan_in))


def _columns(count, draw):
    return np.column_stack([draw() for _ in range(count)])
