"""sigmoid as a scaled and shifted tanh, relu by max, exp as a power of e."""

import math

from .value import Value


def exp(x):
    y = math.e**x.data
    return Value(y, [x], "e**", [y])


def log(x):
    return Value(math.log2(x.data) * math.log(2.0), (x,), "ln", (x.data**-1,))


def relu(x):
    return Value(max(0.0, x.data), (x,), "relu", (float(x.data > 0.0),))


def sigmoid(x):
    t = math.tanh(x.data / 2.0)
    return Value((1.0 + t) / 2.0, (x,), "sigmoid", ((1.0 - t) * (1.0 + t) / 4.0,))
