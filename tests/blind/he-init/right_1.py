"""First weights, one line a scheme."""

import numpy as np


def lecun_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    return rng.normal(0.0, np.sqrt(1.0 / fan_in), (fan_in, fan_out))


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    return rng.normal(0.0, np.sqrt(2.0 / (fan_in + fan_out)), (fan_in, fan_out))


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator):
    limit = np.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def he_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    return rng.normal(0.0, np.sqrt(2.0 / fan_in), (fan_in, fan_out))


def he_uniform(fan_in: int, fan_out: int, rng: np.random.Generator):
    limit = np.sqrt(6.0 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))
