"""Draw the costs of one error, and the constant that each loss would predict."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Curve, Frame, Picture, Point, functions_and_slopes

XS = [-3.5, -2.5, -1.5, -0.75, -0.25, 0.25, 0.75, 1.5, 2.5, 3.5]
"""Without 0, where MAE has a corner."""
FAR = [1000.0]
DATA = np.array([0.0, 1.0, 2.0, 3.0, 100.0])
CONSTANTS = np.round(np.arange(0.0, 40.01, 0.2), 1)
NAMES = {"mse": "MSE", "mae": "MAE", "huber": "Huber"}


def huber(e, delta):
    """Return the Huber cost of one error."""
    return e * e / 2 if abs(e) <= delta else delta * (abs(e) - delta / 2)


COSTS = [
    ("mse(x)", (), lambda e: e * e, lambda e: 2 * e),
    ("mae(x)", (), abs, lambda e: math.copysign(1.0, e)),
    ("huber(x), delta 1", (1.0,), lambda e: huber(e, 1.0), lambda e: min(max(e, -1.0), 1.0)),
    (
        "smooth_l1(x), beta 2",
        (2.0,),
        lambda e: huber(e, 2.0) / 2,
        lambda e: min(max(e / 2, -1.0), 1.0),
    ),
]


def picture_prices(solution):
    """Draw loss and gradient of a single error."""
    curves = []
    for name, limit, value, slope in COSTS:
        inside, outside = (points(solution, name.partition("(")[0], xs, limit) for xs in (XS, FAR))
        curves.append(Curve(name, value, slope, -4.0, 4.0, inside, outside))
    return functions_and_slopes(curves, "The costs of one error, and their derivatives", 110)


def points(solution, name, errors, limit):
    """Return what the module gives for single errors, loss and gradient."""
    found = []
    for e in errors:
        pred, y = np.array([e]), np.zeros(1)
        loss = float(getattr(solution, name)(pred, y, *limit))
        slope = np.asarray(getattr(solution, name + "_grad")(pred, y, *limit), float).reshape(-1)
        found.append(Point(e, loss, float(slope[0])))
    return found


def picture_best_constant(solution):
    """Draw the losses of all constant predictions for data with an outlier."""
    right = {
        "mse": [float(((c - DATA) ** 2).mean()) for c in CONSTANTS],
        "mae": [float(abs(c - DATA).mean()) for c in CONSTANTS],
        "huber": [sum(huber(c - v, 1.0) for v in DATA) / 5 for c in CONSTANTS],
    }
    canvas = Canvas(640, 448)
    told, numbers = [], {"constants": CONSTANTS}
    for i, (name, words) in enumerate(NAMES.items()):
        losses = np.asarray(solution.probe.losses_of_constants(name, DATA, CONSTANTS), float)
        told.append(_panel(canvas, 34 + 128 * i, words, losses, np.array(right[name])))
        numbers[words] = losses
    axes = Axes(canvas, (0.0, 40.0), (0.0, 1.0), (64, 0, 616, 380))
    for c in range(0, 41, 5):
        canvas.text(axes.x(c), 400, f"{c}", "muted small", "middle")
    canvas.text(340, 420, "one constant c as the prediction for 0, 1, 2, 3, 100", "small", "middle")
    for left, kind, words in ((64, "first thick", "yours"), (190, "right dashed", "right")):
        canvas.line(left, 438, left + 26, 438, kind)
        canvas.text(left + 32, 442, words, "small")
    return Picture(
        title="The best constant for data with an outlier",
        description=(
            "The loss of the data 0, 1, 2, 3, 100 if one constant is predicted for all. MSE is "
            f"smallest at the mean 21.2, MAE and Huber at the median 2. {' '.join(told)}"
        ),
        frames=[Frame(canvas)],
        numbers=numbers,
    )


def _panel(canvas, top, name, losses, right):
    """Draw one loss over all constants; return a sentence on its minimum."""
    room = 0.06 * (right.max() - right.min())
    span = (right.min() - room, right.max() + room)
    axes = Axes(canvas, (0.0, 40.0), span, (64, top, 616, top + 90))
    for value in (right.min(), right.max()):
        canvas.line(64, axes.y(value), 616, axes.y(value), "grid")
        canvas.text(58, axes.y(value) + 4, f"{value:.4g}", "muted small", "end")
    axes.curve(CONSTANTS, np.clip(losses, *span), "first thick")
    axes.curve(CONSTANTS, right, "right dashed")
    canvas.text(64, top - 8, name, "strong")
    if not np.isfinite(losses).all():
        canvas.text(616, top - 8, "not finite", "strong wrong", "end")
        return f"Your {name} is not finite."
    best = int(np.argmin(losses))
    c = CONSTANTS[best]
    if span[0] <= losses[best] <= span[1]:
        canvas.marker(axes.x(c), axes.y(losses[best]), "circle", "yours filled", 5)
    fine = np.allclose(losses, right, rtol=1e-6)
    words = f"smallest at c = {c:g}" + ("" if fine else ", and wrong")
    canvas.text(616, top - 8, words, "strong" if fine else "strong wrong", "end")
    end = "as it should be" if fine else f"and it should be {right.min():.4g} at {_best(right):g}"
    return f"Your {name} is smallest at c = {c:g}, with {losses[best]:.4g}, {end}."


def _best(right):
    return CONSTANTS[int(np.argmin(right))]
