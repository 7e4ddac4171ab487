"""One maxout unit of one input: its pieces, and the largest of them."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

W = np.array([[[-1.0]], [[0.25]], [[1.5]]])
B = np.array([[-1.0], [0.5], [-1.0]])
GRID = np.linspace(-4.0, 4.0, 33)
KINDS = ("first", "second", "third")


def picture_pieces(solution):
    """Draw three lines and what the module takes for the largest of them."""
    lines = np.array([W[k, 0, 0] * GRID + B[k, 0] for k in range(3)])
    out, argmax = solution.maxout_forward(GRID[:, np.newaxis], W, B)
    values = np.asarray(out, float).reshape(len(GRID))
    winners = np.asarray(argmax).astype(int).reshape(len(GRID))
    right = lines.max(axis=0)
    fine = np.isclose(values, right, atol=1e-9)
    canvas = Canvas(640, 340)
    axes = Axes(canvas, (-4, 4), (-7, 6), (52, 36, 620, 290))
    axes.frame("x", "output", 8, 6)
    for k, kind in enumerate(KINDS):
        axes.curve(GRID, lines[k], kind)
        canvas.line(60 + 120 * k, 16, 86 + 120 * k, 16, kind)
        canvas.text(92 + 120 * k, 20, f"piece {k}", "ink")
    axes.curve(GRID, right, "right thick dashed")
    canvas.line(420, 16, 446, 16, "right thick dashed")
    canvas.text(452, 20, "the largest", "ink")
    for x, value, good in zip(GRID, values, fine, strict=True):
        held = min(max(value, -7.0), 6.0) if np.isfinite(value) else -7.0
        marker, kind = ("circle", "yours filled") if good else ("cross", "wrong thick")
        canvas.marker(axes.x(x), axes.y(held), marker, kind, 3)
    changes = [
        f"{GRID[n]:g}".replace("-", "−") for n in range(1, 33) if winners[n] != winners[n - 1]
    ]
    told = ", ".join(changes) or "nowhere"
    wrong = int((~fine).sum())
    verdict = f"{wrong} of {len(GRID)} outputs are wrong." if wrong else "All outputs are right."
    return Picture(
        title="A unit made of three pieces",
        description=(
            "Three lines over one input x from −4 to 4, and the module's output at 33 places. "
            f"The number of the largest piece changes at x = {told}. {verdict}"
        ),
        frames=[Frame(canvas)],
        numbers={"x": GRID, "out": values, "argmax": winners, "right": right},
    )
