"""First weights from a variance: all numbers come from rng.random, normal ones by Box-Muller."""

import numpy as np


def _uniform(variance: float, shape: tuple[int, int], rng: np.random.Generator):
    return (2.0 * rng.random(shape) - 1.0) * np.sqrt(3.0 * variance)


def _normal(variance: float, shape: tuple[int, int], rng: np.random.Generator):
    radius = np.sqrt(-2.0 * np.log1p(-rng.random(shape)))
    angle = 2.0 * np.pi * rng.random(shape)
    return np.sqrt(variance) * radius * np.cos(angle)


def lecun_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    return _normal(1.0 / fan_in, (fan_in, fan_out), rng)


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    return _normal(2.0 / (fan_in + fan_out), (fan_in, fan_out), rng)


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator):
    return _uniform(2.0 / (fan_in + fan_out), (fan_in, fan_out), rng)


def he_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    return _normal(2.0 / fan_in, (fan_in, fan_out), rng)


def he_uniform(fan_in: int, fan_out: int, rng: np.random.Generator):
    return _uniform(2.0 / fan_in, (fan_in, fan_out), rng)
