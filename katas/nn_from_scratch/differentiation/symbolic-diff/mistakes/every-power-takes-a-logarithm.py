"""a ** k is differentiated by the rule with log a, even for a number k.

For a positive a the value is right. For x ** 2 at x = -2 the logarithm has no value, and the derivative is an
ordinary -4. A number as exponent needs only the power rule.
"""


def _slope_of_power(node, da, db):
    _, a, b = node
    return ("*", node, ("+", ("*", db, ("log", a)), ("/", ("*", b, da), a)))
