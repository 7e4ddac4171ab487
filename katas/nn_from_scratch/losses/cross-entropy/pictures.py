"""Draw the cost of one sample over the probability of its true class."""

import math

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

POWERS = np.arange(-20.0, 0.01, 0.5)
LIMIT = -math.log(1e-15)


def picture_cost(solution):
    """Draw the cost of one sample, from a probability of 1e-20 to 1, and in a batch of ten."""
    single = np.array([_cost(solution, 10.0**power, 1) for power in POWERS])
    batch = np.array([_cost(solution, 10.0**power, 10) for power in POWERS])
    right = np.minimum(-POWERS * math.log(10.0), LIMIT)
    fine = {
        "one sample": bool(np.allclose(single, right, rtol=1e-3, atol=1e-2)),
        "ten times": bool(np.allclose(batch, right, rtol=1e-3, atol=1e-2)),
    }
    canvas = Canvas(640, 330)
    axes = Axes(canvas, (-20.0, 0.0), (0.0, 48.0), (52, 16, 620, 262))
    for y in (0, 10, 20, 30, 40):
        canvas.line(axes.left, axes.y(y), axes.right, axes.y(y), "grid")
        canvas.text(axes.left - 6, axes.y(y) + 4, f"{y}", "muted small", "end")
    for power in (-20, -15, -10, -5, 0):
        canvas.text(axes.x(power), 280, f"1e{power}" if power else "1", "muted small", "middle")
    axes.curve(POWERS, -POWERS * math.log(10.0), "muted dashed")
    axes.curve(POWERS, np.clip(single, 0.0, 48.0), "first thick")
    kind = "second thick dashed" if fine["ten times"] else "wrong thick dashed"
    axes.curve(POWERS, np.clip(batch, 0.0, 48.0), kind)
    canvas.text(336, 298, "probability of the true class", "small", "middle")
    for left, style, words in (
        (52, "first thick", "loss of one sample"),
        (240, kind, "the same ten times"),
        (430, "muted dashed", "−log p without eps"),
    ):
        canvas.line(left, 318, left + 26, 318, style)
        canvas.text(left + 32, 322, words, "small")
    if not all(fine.values()):
        names = " and ".join(name for name, good in fine.items() if not good)
        canvas.text(axes.right, 30, f"wrong: {names}", "strong wrong halo", "end")
    told = ", ".join(
        f"{single[n]:.2f} for {10.0 ** POWERS[n]:.0e}" for n in (len(POWERS) - 3, 20, 0)
    )
    ten = "the same" if np.allclose(single, batch) else f"{batch[20]:.2f} for 1e-10"
    return Picture(
        title="What a probability costs",
        description=(
            f"The loss of one sample over the probability of its true class: {told}. "
            f"The same sample ten times in a batch: {ten}. Without eps, the cost has no upper "
            "limit; with it the cost stays at 34.54 below 1e-15."
        ),
        frames=[Frame(canvas)],
        numbers={"p": 10.0**POWERS, "one": single, "ten": batch},
    )


def _cost(solution, p, times):
    """Return the loss of `times` samples whose true class has the probability p."""
    Y, P = np.array([[1.0, 0.0]] * times), np.array([[p, 1.0 - p]] * times)
    return float(solution.cross_entropy(Y, P))
