"""Every variable has a derivative of 1, even one that diff was not asked about.

The derivative of x · y with respect to x is then y + x instead of y. Only the variable itself changes; all
others are constants.
"""


def _slope_of_leaf(leaf, var):
    return 1 if isinstance(leaf, str) else 0
