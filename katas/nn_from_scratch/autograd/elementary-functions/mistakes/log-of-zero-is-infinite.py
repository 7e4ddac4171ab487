"""log rejects negative numbers but returns -inf for 0.

0 has no logarithm either. The local derivative 1/0 is inf, and the next product with 0 is nan. log
should raise ValueError for 0 as well: compare with <= and not with <.
"""


def log(x):
    if x.data < 0.0:
        raise ValueError(f"log needs a positive number, got {x.data}")
    if x.data == 0.0:
        return Value(-math.inf, (x,), "log", (math.inf,))
    return Value(math.log(x.data), (x,), "log", (1.0 / x.data,))
