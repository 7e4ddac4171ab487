"""Draw how much of a gradient is left after many steps, for four matrices."""

import numpy as np

from nnkata.pictures import Axes, Canvas, Frame, Picture

STEPS, UNITS = 50, 4
CASES = ((0.5, "first"), (0.9, "second"), (1.0, "third"), (1.1, "first dotted"))
"""By how much the matrix stretches a vector in each step, and how its line is drawn."""
LOW, HIGH = 1e-16, 1e4


def picture_fifty_steps(solution):
    """Draw the size of dx at each step, for a loss of the last state only."""
    canvas = Canvas(640, 360)
    axes = Axes(canvas, (1, STEPS), (LOW, HIGH), (64, 34, 470, 316), log="y")
    axes.frame("step", "size of dx")
    canvas.text(64, 18, f"The loss depends on the state after step {STEPS}", "strong")
    turned = np.linalg.qr(np.random.default_rng(2).normal(size=(UNITS, UNITS)))[0]
    steps = np.arange(1, STEPS + 1)
    numbers, told = {}, []
    for row, (factor, kind) in enumerate(CASES):
        layer = solution.RNN(UNITS, UNITS, solution.rng(0))
        solution.probe.write_params(layer, np.eye(UNITS), factor * turned, np.zeros(UNITS))
        layer.forward(np.zeros((1, STEPS, UNITS)), training=True)
        dhs = np.zeros((1, STEPS, UNITS))
        dhs[0, -1, 0] = 1.0
        dx = np.asarray(layer.backward(dhs), float)
        if dx.shape != dhs.shape:
            raise ValueError(f"dx has the shape {dx.shape}, not {dhs.shape}")
        got, right = np.linalg.norm(dx[0], axis=1), factor ** (STEPS - steps)
        fine = bool(np.allclose(got, right, rtol=1e-6, atol=0))
        shown = np.where((got >= LOW) & (got <= HIGH), got, np.nan)
        axes.curve(steps, shown, f"{kind} thick")
        if not fine:
            axes.curve(steps, right, "right dashed")
        up = 70 + 60 * row
        canvas.line(486, up - 4, 512, up - 4, f"{kind} thick")
        canvas.text(518, up, f"times {factor:g}", "small strong")
        words = f"step 1: {got[0]:.1e}"
        canvas.text(518, up + 20, words, "small" if fine else "small strong wrong")
        if not fine:
            canvas.text(518, up + 38, f"right: {right[0]:.1e}", "small")
        numbers[f"times {factor:g}"] = got
        told.append(
            f"With a matrix that multiplies lengths by {factor:g}, step 1 gets {got[0]:.1e}"
            + ("." if fine else f", and should get {right[0]:.1e}.")
        )
    return Picture(
        title="What is left of a gradient after 50 steps",
        description=(
            "The size of the gradient of the input of each step, where the loss depends on the "
            f"last state only, and the inputs are 0. {' '.join(told)}"
        ),
        frames=[Frame(canvas)],
        numbers=numbers,
    )
