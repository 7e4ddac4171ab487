"""huber and huber_grad compare e with delta, and not the size of e.

Every negative error then counts as a small one: -3 costs 4.5 instead of 2.5 for delta = 1, and a
large negative error is squared.
"""

base = "variants/separate"


def huber(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    with np.errstate(over="ignore"):
        costs = np.where(e <= delta, e * e / 2, delta * (abs(e) - delta / 2))
    return float(costs.mean())


def huber_grad(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    return np.where(e <= delta, e, delta) / e.size
