"""newton_step computes everything in float64.

For float32 arguments it should return float32, so that a network in float32 stays in it.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = (np.asarray(a, dtype=np.float64) for a in (w, grad, hess))
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature + damping * np.eye(len(point), dtype=curvature.dtype)
    return point - np.linalg.solve(matrix, slope)
