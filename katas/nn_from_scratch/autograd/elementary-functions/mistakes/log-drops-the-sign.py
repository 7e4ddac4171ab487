"""log takes the logarithm of |x|, without the sign.

log(-1) is then 0, and nobody notices. A negative number has no logarithm, and where one appears,
such as a negative probability, an earlier step is wrong. Raise ValueError for every x that is not
positive.
"""


def log(x):
    return Value(math.log(abs(x.data)), (x,), "log", (1.0 / x.data,))
