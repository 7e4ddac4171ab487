"""Draw the loss and its gradient while the logit of a wrong class grows."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

GAPS = np.arange(0.0, 60.1, 2.0)
LIMIT = -math.log(1e-15)
LABEL = np.array([0])


def picture_wrong_class(solution):
    """Draw loss and gradient for the logits (0, gap) and the label 0."""
    batches = [np.array([[0.0, gap]]) for gap in GAPS]
    loss = np.array([float(solution.softmax_cross_entropy(z, LABEL)) for z in batches])
    slope = np.array(
        [
            np.asarray(solution.softmax_cross_entropy_grad(z, LABEL), float).reshape(-1)[0]
            for z in batches
        ]
    )
    right = GAPS + np.log1p(np.exp(-GAPS))
    right_slope = -1.0 / (1.0 + np.exp(-GAPS))
    clipped = np.minimum(right, LIMIT)
    canvas = Canvas(640, 400)
    told = [
        _panel(canvas, (20, 190), (0.0, 60.0), "loss", (loss, right, clipped)),
        _panel(
            canvas,
            (230, 330),
            (-1.2, 0.2),
            "gradient of the label's logit",
            (slope, right_slope, np.where(right < LIMIT, right_slope, 0.0)),
        ),
    ]
    axes = Axes(canvas, (0.0, 60.0), (0.0, 1.0), (52, 0, 616, 340))
    for gap in range(0, 61, 10):
        canvas.text(axes.x(gap), 348, f"{gap}", "muted small", "middle")
    canvas.text(334, 366, "how far the wrong class is above the label", "small", "middle")
    for left, kind, words in (
        (52, "first thick", "yours"),
        (180, "right dashed", "right"),
        (308, "second dashed", "probabilities limited to 1e-15"),
    ):
        canvas.line(left, 388, left + 26, 388, kind)
        canvas.text(left + 32, 392, words, "small")
    return Picture(
        title="Loss and gradient of a sample that is read wrongly",
        description=(
            "Logits (0, gap) with the label 0. The right loss grows with the gap, and the right "
            "gradient approaches −1. With probabilities limited to 1e-15, the loss stays at 34.54 "
            f"and its gradient becomes 0. {' '.join(told)}"
        ),
        frames=[Frame(canvas)],
        numbers={"gap": GAPS, "loss": loss, "gradient": slope},
    )


def _panel(canvas, heights, span, name, lines):
    """Draw one quantity over the gap; return a description of the result."""
    values, right, clipped = lines
    axes = Axes(canvas, (0.0, 60.0), span, (52, heights[0], 616, heights[1]))
    for y in (-1.0, 0.0) if span[0] else (0.0, 30.0, 60.0):
        canvas.line(axes.left, axes.y(y), axes.right, axes.y(y), "grid")
        words = f"{y:g}".replace("-", "−")
        canvas.text(axes.left - 6, axes.y(y) + 4, words, "muted small", "end")
    axes.curve(GAPS, np.clip(values, *span), "first thick")
    axes.curve(GAPS, np.clip(right, *span), "right dashed")
    axes.curve(GAPS, clipped, "second dashed")
    canvas.text(52, heights[0] - 6, name, "strong")
    wrong = ~np.isclose(values, right, rtol=1e-6, atol=1e-9)
    if wrong.any():
        gap = GAPS[wrong][0]
        canvas.text(616, heights[0] - 6, f"wrong from a gap of {gap:g}", "strong wrong", "end")
        return f"Your {name} is wrong from a gap of {gap:g}."
    return f"Your {name} at a gap of 60 is {values[-1]:.3f}, as it should be."
