"""saturation evaluates the derivative at -50 and 50, whatever `at` says.

If the derivative of a function is e^(-0.01 |x|), it is 0.61 at 50 and 0.00005 at 1000: with at=1000
the result should be "both", but it is "none". Use the argument.
"""


def saturation(f_grad, tol=1e-3, at=50.0):
    left = abs(float(f_grad(-50.0))) < tol
    right = abs(float(f_grad(50.0))) < tol
    if left and right:
        return "both"
    if left:
        return "left"
    return "right" if right else "none"
