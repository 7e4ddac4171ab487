"""newton_step does not test the shapes of its arguments.

numpy rejects some of them, but a gradient of shape (1,) or a point (1,) is broadcast, and columns
(D, 1) pass too. Compare the shapes with (D,) and (D, D) first.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature + damping * np.eye(len(curvature), dtype=curvature.dtype)
    return point - np.linalg.solve(matrix, slope)
