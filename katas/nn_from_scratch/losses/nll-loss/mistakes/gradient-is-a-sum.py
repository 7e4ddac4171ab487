"""gaussian_nll_grad does not divide by the number of samples.

The loss is a mean, so its gradient has a factor 1/N. With five samples each step is five times too
large.
"""

base = "variants/lstsq"


def gaussian_nll_grad(pred, y, var):
    e, var = _errors(pred, y, var)
    return e / var
