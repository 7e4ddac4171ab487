"""The formula contains an exponential that is too large for a float.

tanh is always between -1 and 1, but e to the power of 710 is more than any float can hold. A
formula with exp(2x) raises OverflowError from x = 355 on, and one with exp(x) or cosh(x) from about
710 on. Look for a formula for the same number in which nothing becomes large.
"""


def tanh(x):
    e = math.exp(2.0 * x.data)
    t = (e - 1.0) / (e + 1.0)
    return Value(t, (x,), "tanh", (1.0 - t * t,))
