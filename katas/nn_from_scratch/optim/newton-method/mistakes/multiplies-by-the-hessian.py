"""The gradient is multiplied by the Hessian, not by its inverse.

In the example the step is (10, 15) and not (1, 1). A direction of large curvature needs a short
step, so solve the system.
"""


def newton_step(w, grad, hess, damping=0.0):
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError("w and grad must be (D,), and hess (D, D)")
    if not damping >= 0:
        raise ValueError("damping must not be below 0")
    matrix = curvature + damping * np.eye(len(point), dtype=curvature.dtype)
    np.linalg.solve(matrix, slope)
    return point - matrix @ slope
