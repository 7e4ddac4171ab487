"""The derivative of a ** k with a number k is k a^(k-1), without the factor a'.

For x ** 2 itself a' is 1. For (3 x) ** 2 the result is 6 x instead of 18 x.
"""


def _slope_of_power(node, da, db):
    _, a, b = node
    if not isinstance(b, str | tuple):
        return ("*", b, ("**", a, b - 1)) if b != 0 else 0
    return ("*", node, ("+", ("*", db, ("log", a)), ("/", ("*", b, da), a)))
