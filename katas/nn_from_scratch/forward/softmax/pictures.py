"""Draw what softmax makes of scores, and its results while one row moves far away."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

SCORES = [2.0, 1.0, 0.0, -1.0]
FACTORS = [0.0, 0.5, 1.0, 2.0, 5.0, 500.0]


def picture_bars(solution):
    """Draw scores and their probabilities, the scores multiplied by larger and larger factors."""
    frames, found, wrong = [], [], 0
    for factor in FACTORS:
        scores = [factor * score for score in SCORES]
        p = np.asarray(solution.softmax(np.array(scores)), float).reshape(len(SCORES))
        right = probabilities(scores)
        fine = bool(np.allclose(p, right, atol=1e-9))
        wrong += not fine
        found.append(p)
        canvas = Canvas(640, 300)
        _bars(canvas, scores, p, right)
        canvas.text(620, 22, f"scores × {factor:g}", "strong", "end")
        words = ", ".join(f"{v:.3f}" for v in p)
        caption = f"Scores {', '.join(f'{s:g}' for s in scores)}: probabilities {words}."
        frames.append(Frame(canvas, caption if fine else f"{caption} These are wrong."))
    verdict = f"{wrong} of {len(FACTORS)} are wrong." if wrong else "All of them are right."
    return Picture(
        title="Scores become probabilities",
        description=(
            "Four scores, 2, 1, 0 and −1, are multiplied by a factor before softmax. With factor 0 "
            "all four are equally probable. The larger the factor, the larger the probability of "
            "the largest score. "
            f"{verdict}"
        ),
        frames=frames,
        numbers={"factors": FACTORS, "probabilities": np.array(found)},
        shown=2,
    )


def probabilities(scores):
    """Return softmax of one row, by plain sums."""
    powers = [math.exp(score - max(scores)) for score in scores]
    return [power / sum(powers) for power in powers]


def _bars(canvas, scores, p, right):
    axes = Axes(canvas, (0, len(scores)), (0, 1), (52, 40, 620, 236))
    for value in (0.0, 0.5, 1.0):
        canvas.line(axes.left, axes.y(value), axes.right, axes.y(value), "grid")
        canvas.text(axes.left - 6, axes.y(value) + 4, f"{value:g}", "muted small", "end")
    canvas.upward_text(12, (axes.top + axes.bottom) / 2, "probability", "small", "middle")
    for n, (score, share, best) in enumerate(zip(scores, p, right, strict=True)):
        left, wide = axes.x(n + 0.2), axes.x(0.6) - axes.x(0)
        middle = left + wide / 2
        canvas.text(middle, 256, f"{score:g}".replace("-", "−"), "strong", "middle")
        if math.isfinite(share):
            top = axes.y(min(max(share, 0.0), 1.0))
            canvas.rectangle((left, top), (wide, axes.bottom - top), "first filled")
        fine = math.isfinite(share) and abs(share - best) < 1e-9
        label = f"{share:.3f}" if math.isfinite(share) else "nan"
        up = axes.y(min(max(share, 0.0), 1.0)) if math.isfinite(share) else axes.bottom
        if fine:
            canvas.text(middle, up - 6, label, "ink halo", "middle")
            continue
        canvas.line(left - 8, axes.y(best), left + wide + 8, axes.y(best), "right thick dashed")
        canvas.text(middle, up - 6, f"wrong: {label}", "strong wrong halo", "middle")
        canvas.text(left + wide + 12, axes.y(best) + 4, f"right {best:.3f}", "small right halo")
    canvas.line(axes.left, axes.bottom, axes.right, axes.bottom, "muted")
    canvas.text((axes.left + axes.right) / 2, 282, "score", "small", "middle")


GAPS = np.arange(0.0, 1001.0, 8.0)
TRUE = 1 / (1 + math.exp(-1.0))


def batch(gap):
    """Return two rows of scores: (0, 1), and the same far above."""
    return np.array([[0.0, 1.0], [gap, gap + 1.0]])


def one_maximum(z):
    """Subtract the maximum of the whole batch."""
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)


def no_maximum(z):
    """Follow the formula literally."""
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


WAYS = {
    "yours": "yours",
    "one maximum": "one maximum for the whole batch",
    "none": "nothing is subtracted",
}


def picture_growing_gap(solution):
    """Draw the probability of the larger score, in both rows, while one row moves away."""
    softmax = {"yours": solution.softmax, "one maximum": one_maximum, "none": no_maximum}
    with np.errstate(all="ignore"):
        found = {
            way: np.array([np.asarray(f(batch(gap)), float)[:, 1] for gap in GAPS])
            for way, f in softmax.items()
        }
    canvas = Canvas(640, 416)
    told = []
    for number, (way, words) in enumerate(WAYS.items()):
        told.append(_strip(canvas, 30 + 112 * number, words, found[way], way == "yours"))
    axes = Axes(canvas, (0, 1000), (0, 1), (52, 0, 616, 358))
    for gap in range(0, 1001, 200):
        canvas.text(axes.x(gap), 362, str(gap), "muted small", "middle")
    canvas.text(334, 380, "how far the second row is above the first", "small", "middle")
    for left, kind, words in (
        (52, "first thick", "first row, (0, 1)"),
        (220, "second thick", "second row, (gap, gap + 1)"),
    ):
        canvas.line(left, 402, left + 26, 402, kind)
        canvas.text(left + 32, 406, words, "small")
    canvas.text(616, 406, "probability of the larger score", "small", "end")
    return Picture(
        title="Softmax while one row moves away from the other",
        description=(
            f"Two rows of scores, (0, 1) and (gap, gap + 1). The larger score of each row has the "
            f"probability {TRUE:.3f}, whatever the gap. The results: {'; '.join(told)}."
        ),
        frames=[Frame(canvas)],
        numbers={"gap": GAPS, **found},
    )


def _strip(canvas, top, words, values, judged):
    """Draw both rows for one way to write softmax; return a description of the result."""
    axes = Axes(canvas, (0, 1000), (0, 1), (52, top, 616, top + 62))
    for value in (0.0, 1.0):
        canvas.line(axes.left, axes.y(value), axes.right, axes.y(value), "grid")
        canvas.text(axes.left - 6, axes.y(value) + 4, f"{value:g}", "muted small", "end")
    astray = [
        (GAPS[n], row)
        for n in range(len(GAPS))
        for row in (0, 1)
        if not abs(values[n, row] - TRUE) < 1e-6
    ]
    for row, kind in ((0, "first thick"), (1, "second thick")):
        axes.curve(GAPS, values[:, row], kind)
    if not astray:
        canvas.text(52, top - 8, words, "strong")
        canvas.text(616, top - 8, f"{TRUE:.3f} at every gap", "small", "end")
        return f"{words}: {TRUE:.3f} at every gap"
    gap = float(astray[0][0])
    bad = np.isnan(values).any(axis=1)
    said = f"wrong from a gap of {gap:g}"
    if bad.any():
        first = float(GAPS[bad][0])
        rows = sorted({n for n in (0, 1) if np.isnan(values[:, n]).any()})
        names = " and ".join(("first", "second")[n] for n in rows)
        canvas.rectangle((axes.x(first), top), (axes.right - axes.x(first), 62), "shade-2")
        canvas.text(axes.right - 6, top + 50, f"{names} row: nan", "strong", "end")
        said += f", the {names} row nan from {first:g}"
    canvas.text(52, top - 8, words, "strong")
    canvas.text(616, top - 8, f"wrong from {gap:g}", "strong wrong" if judged else "small", "end")
    return f"{words}: {said}"
