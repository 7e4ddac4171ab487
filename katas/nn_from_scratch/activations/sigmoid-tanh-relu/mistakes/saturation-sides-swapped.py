"""saturation names the wrong side.

"left" means that the derivative vanishes for very negative x, at -at. The derivative of ReLU is 0
there and 1 on the right, so ReLU saturates on the left.
"""


def saturation(f_grad, tol=1e-3, at=50.0):
    left = abs(float(f_grad(at))) < tol
    right = abs(float(f_grad(-at))) < tol
    if left and right:
        return "both"
    if left:
        return "left"
    return "right" if right else "none"
