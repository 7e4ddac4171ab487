"""In the second term of swish_grad, beta is missing.

By the chain rule the derivative of sigmoid(beta x) is beta s (1 - s). With beta = 1 nobody notices that
the factor is missing; with beta = 2 the second term is half as large as it should be.
"""


def swish_grad(x, beta=1.0):
    values = _floats(x)
    return sigmoid(beta * values) + values * sigmoid_grad(beta * values)
