"""damping is added to every entry of the Hessian.

numpy broadcasts the number over the whole matrix. In the example with damping 1, H becomes ((3,
2), (2, 4)), and the step leads to (0.5, 0.25) and not to (0.27, 0.18). Only the diagonal gets it.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature + damping
    return point - np.linalg.solve(matrix, slope)
