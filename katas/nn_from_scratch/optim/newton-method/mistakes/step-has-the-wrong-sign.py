"""The step is added with the wrong sign.

From w = (1, 1) in the example, it leads to (2, 2), twice as far from the minimum as before. Δ
solves the system with -g on the right side.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature + damping * np.eye(len(point), dtype=curvature.dtype)
    return point + np.linalg.solve(matrix, slope)
