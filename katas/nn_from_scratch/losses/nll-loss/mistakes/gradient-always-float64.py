"""gaussian_nll_grad is float64, even for float32 pred.

y and var are often float64, and numpy converts the result to the larger dtype. All gradients
that are computed from this one are then float64 too. Convert y and var to the dtype of pred.
"""

base = "variants/lstsq"


def gaussian_nll_grad(pred, y, var):
    e, var = _errors(pred, y, var)
    return e.astype(float) / var / len(e)
