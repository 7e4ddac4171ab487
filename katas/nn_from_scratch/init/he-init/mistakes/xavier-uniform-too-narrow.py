"""xavier_uniform uses the standard deviation as its limit.

A uniform distribution between -a and a has a variance of a²/3. With the limit √(2/(fan_in +
fan_out)) the variance is a third of that of xavier_normal. Choose a so that a²/3 is the variance.
"""

base = "variants/plain"


def xavier_uniform(fan_in, fan_out, rng):
    limit = math.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
