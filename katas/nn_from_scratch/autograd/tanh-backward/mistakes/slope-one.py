"""The gradient passes through as if tanh had a derivative of 1 everywhere.

That is right at x = 0 and nowhere else: at x = 0.5 the derivative is 0.786, at x = 3 it is 0.0099.
A function that flattens its input also makes the gradient smaller. Pass 1 - t² as the local
derivative.
"""


def tanh(x):
    t = math.tanh(x.data)
    return Value(t, (x,), "tanh", (1.0,))
