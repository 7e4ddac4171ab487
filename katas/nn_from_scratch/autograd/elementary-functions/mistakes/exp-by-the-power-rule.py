"""The derivative of exp is computed by the power rule, as x · e^(x - 1).

That rule is for powers such as x³, where x is the base. In e^x it is the exponent, and e^x is its
own derivative: at x = 2 that is 7.389, while the power rule gives 5.437. Use the result.
"""


def exp(x):
    y = math.exp(x.data)
    return Value(y, (x,), "exp", (x.data * math.exp(x.data - 1.0),))


def log(x):
    if x.data <= 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))


def relu(x):
    if x.data <= 0.0:
        return Value(0.0, (x,), "relu", (0.0,))
    return Value(x.data, (x,), "relu", (1.0,))


def sigmoid(x):
    if x.data >= 0.0:
        s = 1.0 / (1.0 + math.exp(-x.data))
    else:
        e = math.exp(x.data)
        s = e / (1.0 + e)
    return Value(s, (x,), "sigmoid", (s * (1.0 - s),))
