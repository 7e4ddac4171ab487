"""diff visits a part again for every place where it occurs.

For ten rounds of l ← 4 l (1 - l) that makes about 7000 tuples instead of 100, and for 40 rounds it
never ends: each round doubles the number of visits. Store the results in a dict under id, and look
there first.
"""


def diff(expr, var):
    if not isinstance(expr, tuple):
        return _slope_of_leaf(expr, var)
    _check(expr)
    return _RULES[expr[0]](expr, *(diff(operand, var) for operand in expr[1:]))
