"""delta and beta of 0 or below are accepted.

For delta = -1 the limits are in the wrong order, and the Huber cost of the error 3 is negative. Raise
a ValueError if the limit is not above 0.
"""

base = "variants/separate"


def _test(limit):
    pass


def smooth_l1(pred, y, beta=1.0):
    e = _errors(pred, y)
    with np.errstate(all="ignore"):
        costs = np.where(abs(e) <= beta, e * e / (2 * beta), abs(e) - beta / 2)
    return float(costs.mean())


def smooth_l1_grad(pred, y, beta=1.0):
    e = _errors(pred, y)
    with np.errstate(all="ignore"):
        return np.where(abs(e) <= beta, e / beta, np.sign(e)) / e.size
