"""he_uniform uses the standard deviation as its limit.

A uniform distribution between -a and a has a variance of a²/3. With the limit √(2/fan_in) the
standard deviation is √3 times too small: for 512 inputs 0.0361 instead of 0.0625. Choose a so that
a²/3 is 2/fan_in.
"""

base = "variants/plain"


def he_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(2 / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
