"""relu passes the whole gradient, also for negative x.

For negative x the result is 0 whatever x is, so x has no influence and its gradient is 0. At x =
-3 with an upstream gradient of 2, x should get 0 and gets 2. Make the derivative depend on the
sign of x.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (y,))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    return Value(max(x.data, 0.0), (x,), "relu", (1.0,))


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
