"""sigmoid clips its input, so that nothing overflows, and is wrong beyond the limit.

With a limit of 10, sigmoid(-1000) is 0.0000454 where the result should be 0, and its derivative is
not 0 either. Clip only the exponent that would overflow, near 700, or use the second form of the
formula for negative x.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    if x.data <= 0.0:
        return Value(0.0, (x,), "relu", (0.0,))
    return Value(x.data, (x,), "relu", (1.0,))


def sigmoid(x):
    s = 1.0 / (1.0 + math.exp(-min(10.0, max(-10.0, x.data))))
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
