"""he_uniform draws from a normal distribution.

The variance is right. Uniform means that all numbers between the limits are equally likely and none
is outside. A normal distribution has no limits, and about 83 of 1000 weights are outside
±√(6/fan_in). Use a uniform distribution.
"""

base = "variants/plain"


def he_uniform(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_in), size=(fan_in, fan_out))
