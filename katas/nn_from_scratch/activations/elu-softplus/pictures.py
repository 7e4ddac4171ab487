"""ELU for two gamma, and softplus: the true curves and what the module gives along them."""

import math

import numpy as np

from nnkata.pictures import Curve, Point, functions_and_slopes

XS = [-5.0, -4.0, -3.0, -2.0, -1.0, 1.0, 2.0, 3.0, 4.0, 5.0]
"""Without 0, where ELU has a corner unless gamma is 1."""
FAR = [-1000.0, 1000.0]


def sigmoid(x):
    """Return sigmoid of a number, without overflow."""
    small = math.exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1.0 + small)


KNOWN = [
    ("elu(x)", (), lambda x: x if x > 0 else math.expm1(x), lambda x: math.exp(min(x, 0.0))),
    (
        "elu(x), gamma 0.5",
        (0.5,),
        lambda x: x if x > 0 else 0.5 * math.expm1(x),
        lambda x: 1.0 if x > 0 else 0.5 * math.exp(x),
    ),
    ("softplus(x)", (), lambda x: max(x, 0.0) + math.log1p(math.exp(-abs(x))), sigmoid),
]


def picture_curves(solution):
    """Draw values and derivatives, and tell those far outside."""
    curves = []
    for name, more, value, slope in KNOWN:
        function = name.partition("(")[0]
        inside, outside = (found(solution, function, xs, more) for xs in (XS, FAR))
        curves.append(Curve(name, value, slope, -5.0, 5.0, inside, outside))
    return functions_and_slopes(curves, "ELU and softplus with their derivatives", 130)


def found(solution, name, xs, more):
    """Return what the module gives at these places, value and derivative."""
    values = numbers(getattr(solution, name)(np.array(xs), *more), len(xs))
    slopes = numbers(getattr(solution, f"{name}_grad")(np.array(xs), *more), len(xs))
    return [Point(*three) for three in zip(xs, values, slopes, strict=True)]


def numbers(array, count):
    """Return an array as floats, one per place."""
    return [float(number) for number in np.asarray(array, float).reshape(count)]
