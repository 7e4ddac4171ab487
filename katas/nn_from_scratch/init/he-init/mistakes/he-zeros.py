"""he_normal gives zeros.

With all weights 0 the hidden neurons get no gradient, and if they got one they would all get the
same. On the handwritten digits a network of two layers that starts so still guesses after 200
steps: 10 % are right, and its 32 hidden neurons are 32 copies of one. Only different starts make
different neurons.
"""

import math

import numpy as np


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / fan_in), (fan_in, fan_out))


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return np.zeros((fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))
