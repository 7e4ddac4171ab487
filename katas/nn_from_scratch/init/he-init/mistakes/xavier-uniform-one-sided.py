"""xavier_uniform draws between 0 and the limit, so no weight is negative.

The mean should be 0, but it is half of the limit: every neuron computes nearly the same sum.
rng.random gives numbers from 0 to 1; scaling them is not enough, they must also be shifted.
"""

base = "variants/plain"


def xavier_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / (fan_in + fan_out))
    return limit * rng.random((fan_in, fan_out))
