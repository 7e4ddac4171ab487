"""The derivative of log is 1 / log(x) instead of 1 / x.

exp and sigmoid write their derivative with the result; log writes it with the input. At x = 2 the
derivative is 0.5, while 1 / log(2) is 1.443, and at x = 1 that is a division by 0. Use x.data.
"""


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    y = math.log(x.data)
    return Value(y, (x,), "log", (1.0 / y,))
