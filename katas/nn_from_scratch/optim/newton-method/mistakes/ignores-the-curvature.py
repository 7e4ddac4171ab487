"""The step is the gradient itself: the Hessian is not used.

In the example it leads to (-2, -3), far beyond the minimum at (0, 0). H says how far to go.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature + damping * np.eye(len(point), dtype=curvature.dtype)
    np.linalg.solve(matrix, slope)
    return point - slope
