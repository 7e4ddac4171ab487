"""hard_sigmoid calls Python's min and max, which compare whole arrays.

An array of several numbers has no single truth value, so this raises ValueError for every array that
has more than one number. numpy has functions that compare element by element.
"""


def hard_sigmoid(x, slope=0.25):
    return max(min(slope * _floats(x) + 0.5, 1.0), 0.0)
