"""Swish and GELU with their derivatives, and how far the approximations of GELU are from it."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Curve, Frame, Picture, Point, functions_and_slopes

XS = [-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
FAR = [-1000.0, 1000.0]


def gate(x):
    """Return sigmoid of a number, without overflow."""
    small = math.exp(-abs(x))
    return (1.0 if x >= 0 else small) / (1.0 + small)


def cdf(x):
    """Return the distribution function of the standard normal distribution."""
    return math.erfc(-x / math.sqrt(2)) / 2


def gelu_slope(x):
    """Return the derivative of GELU."""
    return cdf(x) + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


KNOWN = [
    ("swish(x)", lambda x: x * gate(x), lambda x: gate(x) * (1 + x * gate(-x))),
    ("gelu(x)", lambda x: x * cdf(x), gelu_slope),
]


def picture_curves(solution):
    """Draw values and derivatives of both functions, and tell those far outside."""
    curves = []
    for name, value, slope in KNOWN:
        function = name.partition("(")[0]
        inside, outside = (found(solution, function, xs) for xs in (XS, FAR))
        curves.append(Curve(name, value, slope, -5.0, 5.0, inside, outside))
    return functions_and_slopes(curves, "Swish and GELU with their derivatives", 150)


def found(solution, name, xs):
    """Return what the module gives at these places, value and derivative."""
    values = numbers(getattr(solution, name)(np.array(xs)), len(xs))
    slopes = numbers(getattr(solution, f"{name}_grad")(np.array(xs)), len(xs))
    return [Point(*three) for three in zip(xs, values, slopes, strict=True)]


def numbers(array, count):
    """Return an array as floats, one per place, and 0 for -0."""
    return [float(number) + 0.0 for number in np.asarray(array, float).reshape(count)]


GRID = np.arange(-5.0, 5.001, 0.05)
LIMIT = 0.025


def picture_approximations(solution):
    """Draw the module's three versions of GELU as distances from the exact function."""
    exact = np.array([x * cdf(x) for x in GRID])
    off = {
        version: np.array(numbers(solution.gelu(GRID, version), len(GRID))) - exact
        for version in ("none", "tanh", "sigmoid")
    }
    canvas = Canvas(640, 330)
    axes = Axes(canvas, (-5, 5), (-LIMIT, LIMIT), (64, 40, 620, 270))
    axes.frame("x", "distance from x Φ(x)", 10, 5)
    names = {"sigmoid": "second thick", "tanh": "first thick", "none": "yours thick dashed"}
    told = []
    for version, kind in names.items():
        axes.curve(GRID, off[version], kind)
        told.append(f"{version}: {largest(off[version])}")
    for number, (version, kind) in enumerate(names.items()):
        left = 70 + 190 * number
        canvas.line(left, 18, left + 26, 18, kind)
        canvas.text(left + 32, 22, f'"{version}"', "ink")
    return Picture(
        title="Three versions of GELU",
        description=(
            "The distance of each version of gelu from the exact x Φ(x), for x from −5 to 5. "
            f"The largest distances: {'; '.join(told)}."
        ),
        frames=[Frame(canvas)],
        numbers={"x": GRID, **off},
    )


def largest(distances):
    """Say how large the largest distance is, and where."""
    if not np.isfinite(distances).all():
        return "not a number"
    place = int(np.abs(distances).argmax())
    if abs(distances[place]) < 1e-9:
        return "0"
    return f"{abs(distances[place]):.5f} at x = {GRID[place]:.2f}".replace("-", "−")
