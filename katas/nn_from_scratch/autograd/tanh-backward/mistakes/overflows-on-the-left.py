"""The formula contains an exponential that is too large for a float when x is very negative.

exp(-2x) is not a problem for large positive x. But for x = -355 and below it is more than any float
can hold, and OverflowError is raised although the result is -1. A formula with one exponential
always has such a side, unless the formula depends on the sign of x.
"""


def tanh(x):
    e = math.exp(-2.0 * x.data)
    t = (1.0 - e) / (1.0 + e)
    return Value(t, (x,), "tanh", (1.0 - t * t,))
