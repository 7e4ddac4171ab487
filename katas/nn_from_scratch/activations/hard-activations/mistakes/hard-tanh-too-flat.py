"""hard_tanh is computed as 2 hard_sigmoid(x) - 1, without the factor 2 inside.

The slope becomes 0.5, so that hard_tanh(0.5) is 0.25, not 0.5. The tangent of tanh at 0 has a slope
of 1: the argument of hard_sigmoid must be 2x.
"""


def hard_tanh(x):
    return 2.0 * hard_sigmoid(x) - 1.0
