"""xavier_normal has a variance of 1/fan_in, which is LeCun's scheme.

Many texts call this Xavier. Glorot and Bengio consider both directions, the signal forward and the
gradient back, and use 2/(fan_in + fan_out). For 784 inputs and 100 outputs the standard deviation
is 0.0476 and not 0.0357; for 100 inputs and 784 outputs it is 0.0476 again and not 0.1.
"""

base = "variants/plain"


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / fan_in), size=(fan_in, fan_out))
