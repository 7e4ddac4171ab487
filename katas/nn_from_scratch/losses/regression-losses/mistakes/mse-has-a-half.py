"""mse is half of the mean squared error, and mse_grad is the derivative of the whole.

In the example it gives 2.3125 instead of 4.625, and the gradient check fails by a factor of 2. This
kata leaves the factor 1/2 out of both.
"""

base = "variants/separate"


def mse(pred, y):
    e = _errors(pred, y)
    return float((e**2).mean() / 2)
