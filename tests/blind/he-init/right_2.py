"""First weights, drawn number by number, one neuron (a column) after the other."""

import math

import numpy as np


def _fill(fan_in: int, fan_out: int, draw):
    W = np.empty((fan_in, fan_out), dtype=np.float64)
    for neuron in range(fan_out):
        for source in range(fan_in):
            W[source, neuron] = draw()
    return W


def lecun_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    sigma = 1 / math.sqrt(fan_in)
    return _fill(fan_in, fan_out, lambda: sigma * rng.standard_normal())


def xavier_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    sigma = math.sqrt(2 / (fan_in + fan_out))
    return _fill(fan_in, fan_out, lambda: sigma * rng.standard_normal())


def xavier_uniform(fan_in: int, fan_out: int, rng: np.random.Generator):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return _fill(fan_in, fan_out, lambda: rng.uniform(-limit, limit))


def he_normal(fan_in: int, fan_out: int, rng: np.random.Generator):
    sigma = math.sqrt(2 / fan_in)
    return _fill(fan_in, fan_out, lambda: sigma * rng.standard_normal())


def he_uniform(fan_in: int, fan_out: int, rng: np.random.Generator):
    limit = math.sqrt(6 / fan_in)
    return _fill(fan_in, fan_out, lambda: rng.uniform(-limit, limit))
