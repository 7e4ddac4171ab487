"""xavier_normal divides fan_in + fan_out by 2 with //, which rounds down when the sum is odd.

In a large layer the difference is small. For 3 inputs and 4 outputs, 7 // 2 is 3, and the variance
is 1/3 = 0.333 instead of 2/7 = 0.286. The mean of two sizes need not be an integer; use /.
"""

base = "variants/plain"


def xavier_normal(fan_in, fan_out, rng):
    return rng.normal(0.0, math.sqrt(1 / ((fan_in + fan_out) // 2)), size=(fan_in, fan_out))
