"""A slope measured with smaller and smaller steps: the secant, and its error."""

import math

import numpy as np

from nnkata.pictures import Measurement, Secant, secants, step_errors


def picture_secant(solution):
    """Draw the slope of x³ at 1, measured with h from 1 down to 0.1, beside the tangent."""
    measured = []
    for h in (1.0, 0.5, 0.25, 0.1):
        asked = []

        def cube(v, asked=asked):
            asked.append(number(v))
            return asked[-1] ** 3

        slope = solution.numerical_gradient(cube, np.array([1.0]), h)
        measured.append(Secant(h, number(slope), asked))
    return secants(
        lambda x: x**3, lambda x: 3 * x**2, 1.0, measured, "A secant turns into the tangent of x³"
    )


def picture_error(solution):
    """Draw the error of the slope of exp at 1 for steps from 0.1 down to 1e-13."""
    steps = [10.0 ** (-1 - i / 2) for i in range(25)]
    f = solution.fn("lambda v: float(np.exp(v).sum())")
    point = np.array([1.0])
    measured = [number(solution.numerical_gradient(f, point, h)) for h in steps]
    alone = number(solution.numerical_gradient(f, point))
    return step_errors(
        lambda x: float(np.exp(x)), math.e, 1.0, Measurement(steps, measured, 1e-5, alone),
        "How far off a measured slope is, for each step h",
    )  # fmt: skip


def number(slope):
    """Return the first number of an array, or the number itself."""
    return float(np.ravel(slope)[0])
