"""A probability under a growing gap between two rows, by three ways to write softmax."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

GAPS = np.arange(0.0, 1001.0, 8.0)
TRUE = 1 / (1 + math.exp(-1.0))


def batch(gap):
    """Return two rows of scores: (0, 1), and the same far above."""
    return np.array([[0.0, 1.0], [gap, gap + 1.0]])


def one_maximum(z):
    """Subtract a single maximum from the whole batch."""
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)


def no_maximum(z):
    """Follow the formula."""
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


def picture_growing_gap(solution):
    """Draw p(1) of the lower row and of the upper row while the upper one moves away."""
    ways = {"yours": solution.softmax, "one maximum": one_maximum, "none": no_maximum}
    with np.errstate(all="ignore"):
        found = {
            way: np.array([np.asarray(softmax(batch(gap)), float)[:, 1] for gap in GAPS])
            for way, softmax in ways.items()
        }
    canvas = Canvas(640, 330)
    axes = Axes(canvas, (0, 1000), (0, 1.05), (52, 14, 616, 222))
    axes.frame("how far the second row of the batch lies above the first", "p of the larger score")
    axes.curve([0, 1000], [TRUE, TRUE], "muted thin")
    names = {
        "yours": ("first thick", "this module, lower row", 0),
        "one maximum": ("second thick", "one maximum for the whole batch, lower row", 0),
        "none": ("third thick", "no maximum subtracted, upper row", 1),
    }
    for way, (kind, _, row) in names.items():
        axes.curve(GAPS, found[way][:, row], kind)
    axes.legend([(kind, words) for kind, words, _ in names.values()], 64, 152)
    for number, (way, (_, words, row)) in enumerate(names.items()):
        _strip(canvas, axes, 272 + 16 * number, found[way][:, row], words)
    ends = {
        way: (GAPS[np.isnan(found[way][:, row])].min(initial=math.inf), words)
        for way, (_, words, row) in names.items()
    }
    said = "; ".join(
        f"{words}: {'nan from ' + format(gap, 'g') if gap < math.inf else 'never nan'}"
        for gap, words in ends.values()
    )
    return Picture(
        title="Softmax while one row moves away from the other",
        description=(
            f"Two rows of scores, (0, 1) and (gap, gap + 1). The larger score of each row has the "
            f"probability {TRUE:.3f}, whatever the gap. What comes out: {said}."
        ),
        frames=[Frame(canvas)],
        numbers={"gap": GAPS, **found},
    )


def _strip(canvas, axes, y, values, words):
    """Mark where a probability is nan, in a row of its own below the axis."""
    canvas.line(axes.left, y + 5, axes.right, y + 5, "grid")
    step = (axes.right - axes.left) / len(GAPS)
    bad = np.isnan(values)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], bad, [False]))))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        canvas.rectangle(axes.left + begin * step, y, (end - begin) * step, 10, "ink filled")
    if bad.any():
        left = axes.left + edges[0] * step
        canvas.text(left - 5, y + 9, f"nan: {words}", "small ink", "end")
    else:
        canvas.text(axes.left + 6, y + 9, f"never nan: {words}", "small ink halo")
