"""he_uniform has a variance of 1/fan_in, which is too small for a layer with ReLU.

ReLU sets half of its inputs to 0, which halves the mean square. With the limit √(3/fan_in) each layer
loses a factor of 2, so after 20 layers a millionth of the mean square is left. The variance should
be 2/fan_in.
"""

base = "variants/plain"


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(3 / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
