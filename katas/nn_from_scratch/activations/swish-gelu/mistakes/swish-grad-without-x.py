"""In the second term of swish_grad, x is missing.

By the product rule the derivative is the gate plus x times the derivative of the gate,
s + beta x s (1 - s). Without the x it is 0.986 at x = 2 instead of 1.091, and at 0 it is 0.75 instead of
0.5.
"""


def swish_grad(x, beta=1.0):
    values = _floats(x)
    return sigmoid(beta * values) + beta * sigmoid_grad(beta * values)
