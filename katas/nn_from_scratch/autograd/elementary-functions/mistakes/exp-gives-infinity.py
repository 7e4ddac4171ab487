"""exp returns inf for inputs above 709.8.

numpy's exp returns inf where the result is too large, and continues. The next step turns it into
nan (inf - inf, inf / inf), far from the place of the error. exp should raise OverflowError there,
as Python's own exp does.
"""


def exp(x):
    import numpy as np

    with np.errstate(over="ignore"):
        y = float(np.exp(x.data))
    return Value(y, (x,), "exp", (y,))
