"""Draw the five functions of a Dual, and its error beside that of measured slopes."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Curve, Frame, Picture, Point, functions_and_slopes

FUNCTIONS = {
    "tanh": (lambda x: math.tanh(2 * x), lambda x: 2 - 2 * math.tanh(2 * x) ** 2, -1.5, 1.5),
    "exp": (lambda x: math.exp(2 * x), lambda x: 2 * math.exp(2 * x), -1.0, 1.0),
    "log": (lambda x: math.log(2 * x), lambda x: 1 / x, 0.1, 2.0),
    "sin": (lambda x: math.sin(2 * x), lambda x: 2 * math.cos(2 * x), -2.0, 2.0),
    "cos": (lambda x: math.cos(2 * x), lambda x: -2 * math.sin(2 * x), -2.0, 2.0),
}
"""Each function of 2x, and its derivative: by the chain rule, the slope of 2x is a factor of it."""
PLACES = 9
STEPS = [10.0 ** (-1 - i / 2) for i in range(25)]
LEAST = 1e-17
"""An error of 0 is drawn here: a logarithmic axis has no 0."""
TEXT = "lambda x: x * (x * x).sin().exp()"


def picture_functions(solution):
    """Draw values and slopes of tanh, exp, log, sin and cos, of 2x."""
    curves = []
    for name, (value, slope, low, high) in FUNCTIONS.items():
        places = np.linspace(low, high, PLACES + 2)[1:-1].tolist()
        f = solution.fn(f"lambda x: (x + x).{name}()")
        got = solution.probe.evaluated(f, [[[x, 1.0]] for x in places])
        points = [Point(x, float(y), float(dy)) for x, (y, dy) in zip(places, got, strict=True)]
        curves.append(Curve(f"{name}(2x)", value, slope, low, high, points))
    return functions_and_slopes(curves, "Five functions of 2x and their slopes", 80)


def picture_errors(solution):
    """Draw the error of a Dual's slope beside that of a measured slope, for every step h."""
    x = 1.2
    true = math.exp(math.sin(x * x)) * (1 + 2 * x * x * math.cos(x * x))

    def plain(v):
        return v * math.exp(math.sin(v * v))

    yours = abs(float(solution.derivative(solution.fn(TEXT), x)) - true)
    measured = [abs((plain(x + h) - plain(x - h)) / (2 * h) - true) for h in STEPS]
    canvas = Canvas(640, 330)
    axes = Axes(canvas, (STEPS[-1], STEPS[0]), (LEAST, 10.0), (60, 50, 620, 280), log="xy")
    axes.frame("step h of the measurement", "error of the slope")
    axes.curve(STEPS, [max(e, LEAST) for e in measured], "first thick")
    if math.isfinite(yours):
        axes.curve(STEPS, [max(yours, LEAST)] * len(STEPS), "yours dashed thick")
    axes.legend(
        [("yours dashed thick", "your dual number, without any h"),
         ("first thick", "measured from x − h to x + h")], 60, 16,
    )  # fmt: skip
    best = min(range(len(STEPS)), key=measured.__getitem__)
    words = "0" if yours == 0 else f"{yours:.1e}"
    return Picture(
        "The error of the slope of x · exp(sin(x²)) at 1.2",
        f"The slope is {true:.4f}. The error of your dual number is {words}. The best measured "
        f"slope has the error {measured[best]:.1e}, with h = {STEPS[best]:.1e}; with a larger h "
        "the curve bends too much, and with a smaller one the difference is lost in rounding.",
        [Frame(canvas)],
        {"yours": yours, "steps": STEPS, "measured": measured},
    )
