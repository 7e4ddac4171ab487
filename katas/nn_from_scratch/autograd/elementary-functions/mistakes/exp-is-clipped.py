"""exp clips its input at 700, so that it never overflows.

exp(1000) then returns 1.01e304, a finite number that is wrong, and nobody notices. Here exp raises
OverflowError where the result is too large for a float. Leave the input as it is; math.exp raises
the error by itself.
"""


def exp(x):
    y = math.exp(min(x.data, 700.0))
    return Value(y, (x,), "exp", (y,))
