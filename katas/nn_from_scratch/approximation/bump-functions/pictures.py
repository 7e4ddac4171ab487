"""Draw the learner's staircases beside the function, and the learner's tower from above."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture, draw_plane, grid

TEXT = "lambda x: 0.2 + 0.4 * x * x + 0.3 * x * math.sin(15 * x) + 0.05 * math.cos(50 * x)"
BOXES = (5, 10, 20, 50)
BOX = (-0.5, 1.0, -1.0, 0.5)


def picture_staircases(solution):
    """Draw the network for 5, 10, 20 and 50 boxes over the function that it follows."""
    f = solution.fn(TEXT)
    xs = np.linspace(0.0, 1.0, 401)
    right = np.array([f(float(x)) for x in xs])
    frames, errors = [], {}
    for n in BOXES:
        network = solution.bump_network(f, 0.0, 1.0, n, 1e4)
        got = np.asarray(solution.run_network(network, xs), dtype=float)
        error = float(np.abs(got - right).max())
        errors[n] = error
        canvas = Canvas(640, 330)
        axes = Axes(canvas, (0.0, 1.0), (0.0, 1.0), (52, 50, 620, 284))
        axes.frame("x", "")
        axes.curve(xs, right, "right dashed thick")
        axes.curve(xs, got, "yours thick")
        axes.legend(
            [("right dashed thick", "f"), ("yours thick", f"your network, {n} boxes")], 52, 16
        )
        frames.append(Frame(canvas, f"With {n} boxes, the largest error is {write(error)}."))
    told = ", ".join(f"{write(error)} with {n} boxes" for n, error in errors.items())
    return Picture(
        "A function, and networks that were built for it",
        f"The largest error of your network on [0, 1] is {told}.",
        frames,
        {"errors": errors},
    )


def picture_tower(solution):
    """Draw the tower over a part of the plane."""
    plane = ((-2.0, 2.0), (-2.0, 2.0))
    cells = grid(*plane, 32)
    got = np.asarray(solution.tower(cells.reshape(-1, 2), BOX, 200.0), dtype=float)
    got = got.reshape(cells.shape[:-1])
    canvas = Canvas(640, 440)
    axes = Axes(canvas, *plane, (120, 24, 520, 400))
    draw_plane(axes, got, "first coordinate", "second coordinate")
    left, right, low, high = BOX
    corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
    axes.curve([x for x, _ in corners], [y for _, y in corners], "right dashed thick")
    inside = (np.abs(cells - np.array([0.25, -0.25])) < 0.75).all(axis=-1)
    within, outside = float(got[inside].mean()), float(np.abs(got[~inside]).max())
    return Picture(
        "Your tower from above",
        f"The rectangle is dashed. On average, your tower is {write(within)} inside; the largest "
        f"value outside is {write(outside)}.",
        [Frame(canvas)],
        {"inside": within, "outside": outside},
    )


def write(number):
    """Return a number as text."""
    return f"{number:.3g}" if math.isfinite(number) else str(number)
