"""lecun_normal has a variance of 2/fan_in, which is He's scheme.

The 2 compensates for ReLU. In a linear layer nothing is set to 0, so with the 2 the variance of a
signal doubles in each layer: after 20 layers it is a million times as large. Use 1/fan_in.
"""

base = "variants/plain"


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_in), size=(fan_in, fan_out))
