"""The derivative is 1 - t, and the square of t is missing.

At x = -3 the curve is nearly flat, with a derivative of 0.0099, but 1 - t is 1.995 there. tanh is
as steep on the left as on the right, and only the square makes both sides equal.
"""


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0 - t,))
