"""saturation requires a derivative of exactly 0.

The derivative of sigmoid at -50 is 2e-22. This is not 0, but the function is saturated there.
Compare the absolute value with tol.
"""


def saturation(f_grad, tol=1e-3, at=50.0):
    left = float(f_grad(-at)) == 0
    right = float(f_grad(at)) == 0
    if left and right:
        return "both"
    if left:
        return "left"
    return "right" if right else "none"
