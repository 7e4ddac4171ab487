"""The gradient is divided by the diagonal of the Hessian.

That is right only if all other entries are 0. In the example, this subtracts (3/2, 4/3) from (1,
1), but the step to the minimum is (1, 1). Solve the system with the whole matrix.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature + damping * np.eye(len(point), dtype=curvature.dtype)
    np.linalg.solve(matrix, slope)
    return point - slope / np.diag(matrix)
