"""log is the logarithm to base 10, not the natural logarithm.

The natural logarithm is the inverse of exp: log(e) is 1. To base 10, log(10) is 1, while the
natural logarithm is 2.303, and the derivative 1 / x belongs to the natural logarithm only. Use
math.log.
"""


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log10(x.data), (x,), "log", (1.0 / x.data,))
