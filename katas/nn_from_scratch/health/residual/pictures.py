"""Draw how much of a gradient is left on its way back through thirty blocks."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

BLOCKS, WIDTH = 30, 24
DEVIATIONS = (0.01, 0.05, 1 / math.sqrt(WIDTH))
NAMES = (
    "weights of the deviation 0.01",
    "weights of the deviation 0.05",
    "weights of lecun_normal",
)
LOW, HIGH = 1e-50, 1e10


def expected(deviation, skip):
    """Return the same numbers, computed without layers."""
    rng = np.random.default_rng(3)
    weights = []
    for _ in range(BLOCKS):
        rng.normal(0, 1, (WIDTH, WIDTH))  # what the layer draws for itself
        weights.append(rng.normal(0, deviation, (WIDTH, WIDTH)))
    h, slopes, found = rng.normal(size=(16, WIDTH)), [], []
    for W in weights:
        z = h @ W
        slopes.append(z > 0)
        h = skip * h + np.maximum(z, 0.0)
    d = rng.normal(size=h.shape)
    start = np.sqrt((d**2).sum())
    for W, slope in zip(reversed(weights), reversed(slopes), strict=True):
        d = skip * d + (d * slope) @ W.T
        found.append(float(np.sqrt((d**2).sum()) / start))
    return found


def picture_thirty_blocks(solution):
    """Draw the gradient after each block, with the skip and without."""
    frames, told, numbers = [], [], {}
    for deviation, name in zip(DEVIATIONS, NAMES, strict=True):
        yours = [float(v) for v in solution.probe.sizes(BLOCKS, deviation, WIDTH, 3)]
        right, plain = expected(deviation, 1), expected(deviation, 0)
        fine = np.allclose(yours, right, rtol=1e-6)
        canvas = Canvas(640, 330)
        canvas.text(64, 18, name, "strong")
        axes = Axes(canvas, (0, BLOCKS), (LOW, HIGH), (64, 30, 440, 286), log="y")
        axes.frame("blocks passed on the way back", "share of the gradient")
        lines = [(plain, "no skip", "second dashed"), (right, "right", "right dashed")]
        lines.append((yours, "yours", "first thick"))
        for line, _, kind in lines:
            shown = [min(max(v, LOW), HIGH) if v > 0 else math.nan for v in (1.0, *line)]
            axes.curve(range(BLOCKS + 1), shown, kind)
        for row, (line, words, kind) in enumerate(reversed(lines)):
            up = 60 + 32 * row
            canvas.line(456, up - 4, 482, up - 4, kind)
            bad = words == "yours" and not fine
            said = f"{words}: {_number(line[-1])}"
            canvas.text(488, up, said, "small strong wrong" if bad else "small")
        said = (
            f"With {name}, {_number(yours[-1])} of the gradient is left in front of {BLOCKS} "
            f"blocks, and {_number(plain[-1])} without a skip"
            + ("." if fine else f"; it should be {_number(right[-1])}.")
        )
        told.append(said)
        frames.append(Frame(canvas, said))
        numbers[name] = {"yours": yours, "right": right, "no skip": plain}
    return Picture(
        f"A gradient on its way back through {BLOCKS} blocks",
        f"Blocks of a dense layer with {WIDTH} units and a ReLU. {' '.join(told)}",
        frames,
        numbers,
        shown=0,
    )


def _number(value):
    """Write a number, as a power of ten if it is small or large."""
    if not math.isfinite(value):
        return "not finite"
    if value == 0 or 0.01 <= value < 1000:
        return f"{value:.2f}"
    power = str(round(math.log10(value))).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"about 10{power}"
