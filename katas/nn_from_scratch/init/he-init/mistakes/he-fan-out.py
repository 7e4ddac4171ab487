"""he_normal divides by fan_out, the number of outputs.

A neuron adds up fan_in products, one for each of its inputs, and it is their number that makes the
sum grow. In a square layer nobody notices; from 784 inputs to 100 outputs the variance is 7.84
times too large.
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
    return rng.normal(0.0, math.sqrt(2 / fan_out), (fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, (fan_in, fan_out))
