"""The true curves with their derivatives, and what the module gives along them."""

import math

import numpy as np

from nnkata.pictures import Curve, Point, functions_and_slopes

XS = [-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
FAR = [-1000.0, 1000.0]


def sigmoid(x):
    """Return sigmoid of a number, without overflow."""
    small = math.exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1.0 + small)


KNOWN = {
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x)),
    "tanh": (math.tanh, lambda x: 1 - math.tanh(x) ** 2),
    "relu": (lambda x: max(x, 0.0), lambda x: 1.0 if x > 0 else 0.0),
}


def picture_curves(solution):
    """Draw values and derivatives of the three functions, and tell those far outside."""
    curves = [
        Curve(f"{name}(x)", value, slope, -5.0, 5.0, found(solution, name, XS),
              found(solution, name, FAR))
        for name, (value, slope) in KNOWN.items()
    ]  # fmt: skip
    return functions_and_slopes(curves, "sigmoid, tanh and ReLU with their derivatives", 130)


def found(solution, name, xs):
    """Return what the module gives at these places, value and derivative."""
    values = numbers(getattr(solution, name)(np.array(xs)), len(xs))
    slopes = numbers(getattr(solution, f"{name}_grad")(np.array(xs)), len(xs))
    return [Point(*three) for three in zip(xs, values, slopes, strict=True)]


def numbers(array, count):
    """Return an array as floats, one per place."""
    return [float(number) for number in np.asarray(array, float).reshape(count)]
