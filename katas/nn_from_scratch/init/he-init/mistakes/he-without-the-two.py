"""he_normal has a variance of 1/fan_in, which is too small for a layer with ReLU.

ReLU sets half of its inputs to 0, which halves the mean square. Each layer loses a factor of 2, so
after 20 layers a millionth of the mean square is left. The 2 in 2/fan_in compensates for this.
"""

base = "variants/plain"


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / fan_in), size=(fan_in, fan_out))
