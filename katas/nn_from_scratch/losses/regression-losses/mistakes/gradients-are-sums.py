"""The gradients are not divided by the number of elements.

Each loss is a mean, so each gradient has a factor 1/n. In the example mae_grad gives (1, -1) instead of
(0.5, -0.5); for 1000 elements each step is 1000 times too large.
"""

base = "variants/separate"


def mse_grad(pred, y):
    return 2 * _errors(pred, y)


def mae_grad(pred, y):
    return np.sign(_errors(pred, y))


def huber_grad(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    return np.clip(e, -delta, delta)


def smooth_l1_grad(pred, y, beta=1.0):
    e = _errors(pred, y)
    _test(beta)
    return np.clip(e / beta, -1, 1)
