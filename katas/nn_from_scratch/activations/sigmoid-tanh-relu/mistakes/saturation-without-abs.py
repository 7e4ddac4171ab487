"""saturation compares the derivative itself with tol.

A derivative of -1 is smaller than 0.001, but the function is steep there and not saturated. Compare
the absolute value.
"""


def saturation(f_grad, tol=1e-3, at=50.0):
    left = float(f_grad(-at)) < tol
    right = float(f_grad(at)) < tol
    if left and right:
        return "both"
    if left:
        return "left"
    return "right" if right else "none"
