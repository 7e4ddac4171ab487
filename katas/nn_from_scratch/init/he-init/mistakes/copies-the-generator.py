"""Every scheme draws from a copy of rng, so the state of rng itself does not change.

Two layers of the same size that are drawn from one rng get exactly the same weights. Draw from the
generator that is passed.
"""

import copy


def lecun_normal(fan_in, fan_out, rng):
    rng = copy.deepcopy(rng)
    return rng.normal(0.0, math.sqrt(1 / fan_in), size=(fan_in, fan_out))


def xavier_normal(fan_in, fan_out, rng):
    rng = copy.deepcopy(rng)
    return rng.normal(0.0, math.sqrt(2 / (fan_in + fan_out)), size=(fan_in, fan_out))


def xavier_uniform(fan_in, fan_out, rng):
    rng = copy.deepcopy(rng)
    limit = math.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))


def he_normal(fan_in, fan_out, rng):
    rng = copy.deepcopy(rng)
    return rng.normal(0.0, math.sqrt(2 / fan_in), size=(fan_in, fan_out))


def he_uniform(fan_in, fan_out, rng):
    rng = copy.deepcopy(rng)
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
