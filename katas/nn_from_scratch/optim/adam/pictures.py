"""Draw how long the steps of the learner's Adam are, for a small and a large gradient."""

import numpy as np

from nnkata.pictures import Canvas, Chart, Frame, Picture, draw_lines

LR, STEPS = 0.001, 60
SIZES = (0.001, 100.0)
NAMES = tuple(f"yours, gradient {size:g}" for size in SIZES)


def picture_steps(solution):
    """Draw the length of each step, in units of lr, while the gradient stays the same."""
    gradients = [[np.array(SIZES)]] * STEPS
    after = solution.probe.take_steps(solution.Adam(LR), [np.zeros(2)], gradients)
    places = np.array([np.zeros(2)] + [np.asarray(arrays[0], float) for arrays in after])
    moves = -np.diff(places, axis=0) / LR
    t = np.arange(1, STEPS + 1)
    uncorrected = (1 - 0.9**t) / np.sqrt(1 - 0.999**t)
    lines = {
        NAMES[0]: moves[:, 0].tolist(),
        NAMES[1]: moves[:, 1].tolist(),
        "right": [1.0] * STEPS,
        "no corrections": uncorrected.tolist(),
    }
    kinds = {
        NAMES[0]: "yours", NAMES[1]: "fourth", "right": "right dashed", "no corrections": "second",
    }  # fmt: skip
    canvas = Canvas(640, 350)
    chart = Chart("step t", "length / lr", xs=t.tolist(), y_range=(0.0, 8.0))
    shown = {name: np.clip(line, -1.0, 8.5).tolist() for name, line in lines.items()}
    draw_lines(canvas, shown, (52, 6, 620, 300), chart, kinds)
    told = [_describe(size, line) for size, line in zip(SIZES, moves.T, strict=True)]
    fine = bool(np.isclose(moves, 1.0, atol=1e-3).all())
    verdict = "Yours are right." if fine else "Yours are wrong."
    canvas.text(620, 342, verdict, "strong" if fine else "strong wrong", "end")
    return Picture(
        "How long the steps of Adam are",
        "A gradient that stays the same should give steps as long as lr, whatever its size is. "
        f"Without the corrections, the first one is 3.16 lr long. {' '.join(told)}",
        [Frame(canvas, f"{verdict} {told[0]}")],
        lines,
    )


def _describe(size, line):
    """Return a sentence on the steps for one gradient."""
    if not np.isfinite(line).all():
        return f"With the gradient {size:g}, yours are not finite."
    return (
        f"With the gradient {size:g}, your first step is {line[0]:.3g} lr and your last "
        f"{line[-1]:.3g} lr."
    )
