"""tanh and its derivative: the true curves, and what the module answers along them."""

import math

from nnkata.pictures import Curve, functions_and_slopes, point_of

XS = [-4.0, -3.0, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0]


def slope(x):
    """Return 1 / cosh²(x), the same slope in other words."""
    return 0.0 if abs(x) > 300 else math.cosh(x) ** -2


def picture_curves(solution):
    """Draw values and slopes along the curve, and name them far outside."""
    value = solution.need("value").Value
    points = [point_of(solution.tanh, value, x) for x in XS]
    far = [point_of(solution.tanh, value, x) for x in (-1000.0, 1000.0)]
    curve = Curve("tanh(x)", math.tanh, slope, -4.0, 4.0, points, far)
    return functions_and_slopes([curve], "tanh and its derivative", 220)
