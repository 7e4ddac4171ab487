"""damping is subtracted from the diagonal.

The matrix then gets closer to a singular one: steps get longer, not shorter, and can change
their sign.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature - damping * np.eye(len(point), dtype=curvature.dtype)
    return point - np.linalg.solve(matrix, slope)
