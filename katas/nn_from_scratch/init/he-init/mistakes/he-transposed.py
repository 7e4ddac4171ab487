"""he_normal returns the shape (fan_out, fan_in).

Some libraries and textbooks store weights in this order. Here each row of X is one sample and a
layer computes X @ W, so W has one row per input: (fan_in, fan_out).
"""

base = "variants/plain"


def he_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(2 / fan_in), size=(fan_out, fan_in))
