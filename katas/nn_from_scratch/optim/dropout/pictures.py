"""Draw which entries a layer drops, and what its outputs are on average."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

RATE = 0.3
N, UNITS = 8, 12
CELL = 15.0
PASSES = 300
KEY = "cross: zero    stronger: larger    each sign has a hue"
STEPS = 9
"""Shades of a hue."""


def picture_passes(solution):
    """Draw x, the output and the gradient of three forward passes, and of one without training."""
    rng = np.random.default_rng(3)
    x = rng.uniform(0.4, 1.0, (N, UNITS))
    dout = rng.choice([-1.0, -0.6, 0.6, 1.0], (N, UNITS))
    layer = solution.Dropout(RATE, solution.rng(5))
    frames, told, outs = [], [], []
    for number in range(1, 4):
        out, dx = (
            np.asarray(a, float) for a in solution.probe.forward_and_backward(layer, x, dout)
        )
        outs.append(out)
        canvas = Canvas(640, 200)
        _block(canvas, 16, "x", x)
        _block(canvas, 226, "output", out, marked=out == 0)
        _block(canvas, 436, "gradient of x", dx, marked=dx == 0)
        same = "the same entries" if np.array_equal(out == 0, dx == 0) else "OTHER entries"
        said = (
            f"Pass {number}: {np.mean(out == 0):.0%} of the outputs are 0, the mean is "
            f"{out.mean() / x.mean():.2f} of that of x, and {same} have no gradient."
        )
        told.append(said)
        canvas.text(226, 186, KEY, "small")
        frames.append(Frame(canvas, said))
    out = np.asarray(layer.forward(x), float)
    outs.append(out)
    canvas = Canvas(640, 200)
    _block(canvas, 16, "x", x)
    _block(canvas, 226, "output without training", out, marked=out == 0)
    worst = float(np.abs(out - x).max()) if out.shape == x.shape else float("nan")
    said = f"Without training: the largest difference between output and x is {worst:.2g}."
    canvas.text(226, 186, KEY, "small")
    frames.append(Frame(canvas, said))
    return Picture(
        f"Which entries are dropped at the rate {RATE}",
        f"{N} samples of {UNITS} units; crosses are zeros. {' '.join(told)} {said}",
        frames,
        {"x": x, "outputs": outs},
        shown=0,
    )


def picture_mean(solution):
    """Draw the mean output over many passes, for three rates."""
    canvas = Canvas(640, 300)
    axes = Axes(canvas, (1, PASSES), (0.0, 2.0), (56, 16, 470, 250), log="x")
    axes.frame("forward passes", "mean output / x")
    numbers, told = {}, []
    axes.curve((1, PASSES), (1.0, 1.0), "right dashed")
    passes = np.arange(1, PASSES + 1)
    for place, (rate, kind) in enumerate(((0.2, "first"), (0.5, "second"), (0.8, "third"))):
        layer = solution.Dropout(rate, solution.rng(1))
        out = np.asarray(layer.forward(np.ones((PASSES, 20)), training=True), float)
        means = np.cumsum(out.mean(axis=1)) / passes
        axes.curve(passes, np.clip(means, 0.0, 2.0), f"{kind} thick")
        fine = abs(means[-1] - 1.0) < 0.15
        canvas.line(484, 40 + 40 * place, 510, 40 + 40 * place, f"{kind} thick")
        said = f"rate {rate}: {means[-1]:.2f}"
        canvas.text(516, 44 + 40 * place, said, "small" if fine else "small strong wrong")
        numbers[f"rate {rate}"] = means
        told.append(f"{said}." if fine else f"{said}, and it should be 1.")
    canvas.line(484, 160, 510, 160, "right dashed")
    canvas.text(516, 164, "right: 1", "small")
    return Picture(
        "The mean output over many passes",
        f"x is 1. The mean output over {PASSES} passes of 20 units: {' '.join(told)}",
        [Frame(canvas)],
        numbers,
    )


def _block(canvas, left, name, values, marked=None):
    """Draw an array as cells; each sign has a hue, and marked cells have a cross."""
    canvas.text(left, 26, name, "strong")
    for (r, c), value in np.ndenumerate(values):
        place = left + CELL * c, 40 + CELL * r
        canvas.rectangle(place, (CELL, CELL), _kind(value / 1.6), f"{value:.2f}")
        canvas.rectangle(place, (CELL, CELL), "grid")
        if marked is not None and marked[r, c]:
            canvas.marker(place[0] + CELL / 2, place[1] + CELL / 2, "cross", "ink", 3)


def _kind(share):
    """Return the kind of a cell for a number from -1 to 1."""
    if not np.isfinite(share):
        return "wrong"
    return f"{'minus' if share < 0 else 'plus'}-{round(STEPS * min(1.0, abs(share)))}"
