"""he_uniform draws between 0 and the limit, so no weight is negative.

The mean should be 0, but it is half of the limit. With 256 positive weights per neuron, a layer
multiplies the mean of its inputs by about 20, and all neurons compute nearly the same sum. Draw
from both sides of 0.
"""

base = "variants/plain"


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(6 / fan_in)
    return rng.uniform(0, limit, size=(fan_in, fan_out))
