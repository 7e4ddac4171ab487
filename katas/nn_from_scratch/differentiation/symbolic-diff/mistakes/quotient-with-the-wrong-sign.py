"""The two parts of the derivative of a quotient are swapped: (a b' - a' b) / b².

For 1 / x at 2 that is 0.25 instead of -0.25, although 1 / x falls. The part with a' is the positive one.
"""


def _slope_of_quotient(node, da, db):
    return ("/", ("-", ("*", node, db), da), node[2])
