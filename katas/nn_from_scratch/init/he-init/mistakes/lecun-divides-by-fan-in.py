"""lecun_normal divides the draws by fan_in instead of by its square root.

The variance should be 1/fan_in, so the standard deviation is 1/√fan_in: for 256 inputs 1/16. With
1/256 each layer makes the signal 16 times smaller. Take the square root.
"""

base = "variants/plain"


def lecun_normal(fan_in, fan_out, rng):
    return rng.normal(size=(fan_in, fan_out)) / fan_in
