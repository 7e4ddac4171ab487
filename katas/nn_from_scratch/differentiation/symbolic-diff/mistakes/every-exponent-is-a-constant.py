"""a ** b is differentiated as b a^(b-1) a', even where b contains the variable.

That rule is for a constant exponent. For x ** x at 2 it gives 4 instead of 6.77, because it leaves out that
the exponent grows too. For 2 ** x it gives 0.
"""


def _slope_of_power(node, da, db):
    _, a, b = node
    if b == 0:
        return 0
    return ("*", ("*", b, ("**", a, ("-", b, 1))), da)
