"""exp, log, relu and sigmoid: the true curves with their derivatives, and the module's points."""

import math

from nnkata.pictures import Curve, functions_and_slopes, point_of


def sigmoid(x):
    """Return 1 / (1 + e^(-x)), by tanh, which never overflows."""
    return 0.5 + 0.5 * math.tanh(x / 2)


KNOWN = {
    "exp": (math.exp, math.exp, -2.0, 2.0, [1000.0]),
    "log": (math.log, lambda x: 1 / x, 0.2, 4.0, [-1.0]),
    "relu": (lambda x: max(x, 0.0), lambda x: 1.0 if x > 0 else 0.0, -4.0, 4.0, []),
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * sigmoid(-x), -4.0, 4.0, [-1000.0, 1000.0]),
}
"""Function, derivative, the ends of the axis, and points far outside it."""
POINTS = 9


def picture_exp_and_log(solution):
    """Draw values and slopes of exp and log, and what they do where there is no result."""
    curves = [curve(solution, "exp"), curve(solution, "log")]
    return functions_and_slopes(curves, "exp, log and their derivatives", 130)


def picture_relu_and_sigmoid(solution):
    """Draw values and slopes of relu and sigmoid, including the corner and far outside."""
    curves = [curve(solution, "relu"), curve(solution, "sigmoid")]
    return functions_and_slopes(curves, "relu, sigmoid and their derivatives", 130)


def curve(solution, name):
    """Ask the module's function at places spread over the axis and outside."""
    value, own = solution.need("value").Value, getattr(solution, name)
    function, slope, low, high, far = KNOWN[name]
    xs = [low + (high - low) * i / (POINTS - 1) for i in range(POINTS)]
    points = [point_of(own, value, x) for x in xs]
    outside = [point_of(own, value, x) for x in far]
    return Curve(f"{name}(x)", function, slope, low, high, points, outside)
