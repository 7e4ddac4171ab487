"""The gradients are computed from y - pred.

A step against such a gradient makes the loss larger. Where pred is too large, the slope is above 0:
in the example mse_grad is (0.5, -3), but this gives (-0.5, 3).
"""

base = "variants/separate"


def mse_grad(pred, y):
    e = _errors(pred, y)
    return -2 * e / e.size


def mae_grad(pred, y):
    e = _errors(pred, y)
    return -np.sign(e) / e.size


def huber_grad(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    return -np.clip(e, -delta, delta) / e.size


def smooth_l1_grad(pred, y, beta=1.0):
    e = _errors(pred, y)
    _test(beta)
    return -np.clip(e / beta, -1, 1) / e.size
