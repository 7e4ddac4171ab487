"""Integers are not converted to float64, so integer arguments give integer results.

Weights are changed in small steps later, and an integer array cannot hold 0.1. Convert everything that
is not a float to float64 before the product.
"""


def _floats(values):
    return np.asarray(values)
