"""Beyond delta, huber costs delta |e|.

The cost then jumps at the limit: for delta = 1 from 0.5 to 1. The straight line has to begin
where the parabola ends, so it is lower.
"""

base = "variants/separate"


def huber(pred, y, delta=1.0):
    e = _errors(pred, y)
    _test(delta)
    with np.errstate(over="ignore"):
        costs = np.where(abs(e) <= delta, e * e / 2, delta * abs(e))
    return float(costs.mean())
