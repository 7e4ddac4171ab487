"""The derivative measured with smaller and smaller steps: the secant, and its error."""

import math

import numpy as np

from nnkata.pictures import Measurement, Secant, secants, step_errors


def picture_secant(solution):
    """Draw the secants of x³ at 1, with h from 1 down to 0.1, beside the tangent."""
    measured = []
    for h in (1.0, 0.5, 0.25, 0.1):
        points = []

        def cube(v, points=points):
            points.append(number(v))
            return points[-1] ** 3

        slope = solution.numerical_gradient(cube, np.array([1.0]), h)
        measured.append(Secant(h, number(slope), points))
    return secants(
        lambda x: x**3, lambda x: 3 * x**2, 1.0, measured, "The secant approaches the tangent of x³"
    )


def picture_error(solution):
    """Draw the error of the derivative of exp at 1 for steps from 0.1 down to 1e-13."""
    steps = [10.0 ** (-1 - i / 2) for i in range(25)]
    f = solution.fn("lambda v: float(np.exp(v).sum())")
    point = np.array([1.0])
    measured = [number(solution.numerical_gradient(f, point, h)) for h in steps]
    by_default = number(solution.numerical_gradient(f, point))
    return step_errors(
        lambda x: float(np.exp(x)), math.e, 1.0, Measurement(steps, measured, 1e-5, by_default),
        "Error of the measured derivative for each step h",
    )  # fmt: skip


def number(array):
    """Return the first number of an array, or the number itself."""
    return float(np.ravel(array)[0])
