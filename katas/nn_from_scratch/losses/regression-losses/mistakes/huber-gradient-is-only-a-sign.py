"""Beyond delta, huber_grad returns the sign divided by n, without delta.

For delta = 1 that is right. For delta = 2 the slope falls from 2 to 1 at the limit, but it should
stay at 2.
"""

base = "variants/separate"


def huber_grad(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    return np.where(abs(e) <= delta, e, np.sign(e)) / e.size
