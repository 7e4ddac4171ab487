"""Draw three losses as surfaces, with a chord below the loss and the minima that are found."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture
from nnkata.pictures.canvas import shade
from nnkata.testing import fn

WS = np.linspace(-8.0, 8.0, 33)
NEAR = np.arange(0.0, 4.01, 0.125)
P = "1 / (1 + np.exp(-w2 / (1 + np.exp(-w1))))"
TWO = [(x, math.tanh(2 * x) + math.tanh(0.5 * x)) for x in (0.3, 0.8, 1.5)]
LOSSES = (
    ("one hidden unit, squared error", f"({P} - 1) ** 2", WS, ((-8.0, -8.0), (8.0, -8.0))),
    ("one hidden unit, cross-entropy", f"-np.log({P})", WS, ((-2.0, -8.0), (8.0, -4.0))),
    (
        "two hidden units, squared error",
        f"sum((np.tanh(w1 * x) + np.tanh(w2 * x) - y) ** 2 for x, y in {TWO})",
        NEAR,
        ((2.0, 0.5), (0.5, 2.0)),
    ),
)


def picture_surfaces(solution):
    """Draw each surface, its strict local minima, and two points with their chord."""
    frames, told, numbers = [], [], {}
    for name, text, ws, ends in LOSSES:
        loss = fn(f"lambda w1, w2: {text}")
        W1, W2 = np.meshgrid(ws, ws)
        right = np.asarray(loss(W1, W2), float)
        yours = _heights(solution.surface(loss, ws, ws), right.shape)
        found = _places(solution.strict_local_minima(right), right.shape)
        fine = np.allclose(yours, right, rtol=1e-6)
        frames.append(Frame(_draw(name, yours, right, ws, found, ends, loss), ""))
        a, b, m = (float(loss(*w)) for w in (*ends, np.mean(ends, axis=0)))
        said = (
            f"{name[0].upper()}{name[1:]}: {len(found)} strict local minima found; "
            f"halfway between {_point(ends[0])} and {_point(ends[1])} the loss is {m:.3g}, "
            f"{m - (a + b) / 2:.2g} above the chord."
            + ("" if fine else " The heights of your surface are wrong.")
        )
        frames[-1] = Frame(frames[-1].canvas, said)
        told.append(said)
        numbers[name] = {"yours": yours, "right": right, "minima": found}
    return Picture(
        "Losses of two weights as surfaces",
        f"Darker is higher; w1 grows to the right and w2 upwards. {' '.join(told)}",
        frames,
        numbers,
        shown=0,
    )


def _heights(got, shape):
    """Return what `surface` gave as an array of the right shape; nan where nothing is."""
    try:
        heights = np.asarray(got, float)
    except (TypeError, ValueError):
        return np.full(shape, math.nan)
    return heights if heights.shape == shape else np.full(shape, math.nan)


def _places(got, shape):
    """Return the pairs that are places in the grid."""
    found = []
    for place in got if isinstance(got, list | tuple) else []:
        if isinstance(place, list | tuple) and len(place) == 2:
            i, j = int(place[0]), int(place[1])
            if 0 <= i < shape[0] and 0 <= j < shape[1]:
                found.append((i, j))
    return found


def _draw(name, yours, right, ws, found, ends, loss):
    """Draw a map of the heights, and the loss along the chord beside it."""
    canvas = Canvas(640, 400)
    canvas.text(56, 20, name, "strong")
    low, step = float(ws[0]), float(ws[1] - ws[0])
    span = (low - step / 2, float(ws[-1]) + step / 2)
    axes = Axes(canvas, span, span, (56, 32, 356, 332))
    largest = float(right.max())
    kinds = [
        [shade(0.7 * math.sqrt(max(v, 0.0) / largest)) if math.isfinite(v) else "" for v in row]
        for row in yours[::-1]
    ]
    side = 300 / len(ws)
    canvas.cells(56, 32, side, side, kinds)
    axes.frame("w1", "w2")
    if not np.isfinite(yours).all():
        canvas.text(206, 180, "no surface", "wrong strong halo", "middle")
    (a1, a2), (b1, b2) = ends
    canvas.line(axes.x(a1), axes.y(a2), axes.x(b1), axes.y(b2), "ink dashed")
    for w1, w2, words in ((a1, a2, "a"), (b1, b2, "b")):
        canvas.marker(axes.x(w1), axes.y(w2), "circle", "ink filled", 5)
        canvas.text(axes.x(w1), axes.y(w2) - 10, words, "strong halo", "middle")
    for i, j in found[:40]:
        canvas.marker(axes.x(ws[j]), axes.y(ws[i]), "diamond", "first outlined thick", 8)
    canvas.text(56, 390, f"◇ strict local minima found: {len(found)}", "small")

    shares = np.linspace(0, 1, 41)
    w1, w2 = a1 + shares * (b1 - a1), a2 + shares * (b2 - a2)
    along = np.asarray(loss(w1, w2), float)
    top = 1.15 * float(along.max()) or 1.0
    side_axes = Axes(canvas, (0.0, 1.0), (0.0, top), (416, 62, 616, 262))
    canvas.text(416, 44, "loss from a to b", "small strong")
    side_axes.frame("", "")
    for share, words in ((0.0, "a"), (1.0, "b")):
        canvas.text(side_axes.x(share), 296, words, "strong", "middle")
    side_axes.curve(shares, along, "first thick")
    side_axes.curve((0.0, 1.0), (along[0], along[-1]), "second dashed")
    for row, (kind, words) in enumerate((("first thick", "loss"), ("second dashed", "chord"))):
        canvas.line(416, 326 + 20 * row, 446, 326 + 20 * row, kind)
        canvas.text(454, 330 + 20 * row, words, "small")
    return canvas


def _point(w):
    """Write a point."""
    return f"({w[0]:g}, {w[1]:g})".replace("-", "−")
