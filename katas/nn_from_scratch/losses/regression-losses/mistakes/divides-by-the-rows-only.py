"""Losses and gradients are divided by the number of rows instead of the number of elements.

For (N,) there is no difference. For (N, D) the result is D times too large. Divide by all N times D
elements.
"""

base = "variants/separate"


def mse(pred, y):
    e = _errors(pred, y)
    return float((e**2).sum() / len(e))


def mse_grad(pred, y):
    e = _errors(pred, y)
    return 2 * e / len(e)


def mae(pred, y):
    e = _errors(pred, y)
    return float(np.abs(e).sum() / len(e))


def mae_grad(pred, y):
    e = _errors(pred, y)
    return np.sign(e) / len(e)


def huber(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    with np.errstate(over="ignore"):
        costs = np.where(abs(e) <= delta, e * e / 2, delta * (abs(e) - delta / 2))
    return float(costs.sum() / len(e))


def huber_grad(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    return np.clip(e, -delta, delta) / len(e)


def smooth_l1(pred, y, beta=1.0):
    e = _errors(pred, y)
    _test(beta)
    with np.errstate(over="ignore"):
        costs = np.where(abs(e) <= beta, e * e / (2 * beta), abs(e) - beta / 2)
    return float(costs.sum() / len(e))


def smooth_l1_grad(pred, y, beta=1.0):
    e = _errors(pred, y)
    _test(beta)
    return np.clip(e / beta, -1, 1) / len(e)
