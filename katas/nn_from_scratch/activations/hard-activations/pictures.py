"""The straight lines beside the curves that they replace, with the derivatives."""

import numpy as np

from nnkata.pictures import Curve, Point, functions_and_slopes

XS = [-3.75, -3.0, -2.25, -1.5, -0.75, 0.0, 0.75, 1.5, 2.25, 3.0, 3.75]
"""Places away from the corners, where every derivative in a range is right."""
FAR = [-1000.0, 1000.0]
KNOWN = {
    "hard_sigmoid": (
        lambda x: min(max(0.25 * x + 0.5, 0.0), 1.0),
        lambda x: 0.25 if abs(x) < 2 else 0.0,
    ),
    "hard_tanh": (lambda x: min(max(x, -1.0), 1.0), lambda x: 1.0 if abs(x) < 1 else 0.0),
}


def picture_lines(solution):
    """Draw values and derivatives of both functions, and tell those far outside."""
    curves = [
        Curve(f"{name}(x)", value, slope, -4.0, 4.0, found(solution, name, XS),
              found(solution, name, FAR))
        for name, (value, slope) in KNOWN.items()
    ]  # fmt: skip
    return functions_and_slopes(curves, "Hard sigmoid and hard tanh with their derivatives", 150)


def found(solution, name, xs):
    """Return what the module gives at these places, value and derivative."""
    values = numbers(getattr(solution, name)(np.array(xs)), len(xs))
    slopes = numbers(getattr(solution, f"{name}_grad")(np.array(xs)), len(xs))
    return [Point(*three) for three in zip(xs, values, slopes, strict=True)]


def numbers(array, count):
    """Return an array as floats, one per place."""
    return [float(number) for number in np.asarray(array, float).reshape(count)]
