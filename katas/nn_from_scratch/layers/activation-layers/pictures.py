"""Draw the Jacobian of softmax, and the gradients of all layers beside the right ones."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture, describe_errors, draw_gradient_check

P = np.array([0.4, 0.3, 0.15, 0.1, 0.05])
CELL = 56.0
STEPS = 9
"""Shades of a hue."""


def picture_jacobian(solution):
    """Draw the Jacobian of one row of probabilities, with the sums of its rows."""
    right = np.diag(P) - np.outer(P, P)
    got = np.asarray(solution.softmax_jacobian(P), float)
    if got.shape != right.shape:
        raise ValueError(f"softmax_jacobian of five probabilities has the shape {got.shape}")
    wrong = ~np.isclose(got, right, rtol=1e-6, atol=1e-9)
    canvas = Canvas(560, 380)
    left, top = 116.0, 56.0
    canvas.text(left, 20, "which logit grows (its p)", "strong")
    canvas.text(16, 20, "which p", "strong")
    canvas.text(16, 38, "changes", "strong")
    canvas.text(left + 5 * CELL + 24, 40, "sum of the row", "strong")
    for i, p in enumerate(P):
        canvas.text(left + CELL * (i + 0.5), 44, f"{p:.2f}", "muted small", "middle")
        canvas.text(left - 12, top + CELL * (i + 0.5) + 4, f"p = {p:.2f}", "muted small", "end")
        for j in range(len(P)):
            place = left + CELL * j, top + CELL * i
            canvas.rectangle(place, (CELL, CELL), _kind(got[i, j] / 0.4), f"{got[i, j]:.4f}")
            canvas.rectangle(place, (CELL, CELL), "grid")
            kind = "small halo strong wrong" if wrong[i, j] else "small halo"
            canvas.text(
                place[0] + CELL / 2, place[1] + CELL / 2 + 4, _number(got[i, j]), kind, "middle"
            )
        total = got[i].sum()
        fine = abs(total) < 1e-9
        up = top + CELL * (i + 0.5) + 4
        kind = "small" if fine else "small strong wrong"
        canvas.text(left + 5 * CELL + 24, up, _number(total) if not fine else "0", kind)
    count = int(wrong.sum())
    words = f"wrong: {count} of {wrong.size}" if count else "all numbers are right"
    canvas.text(left, top + 5 * CELL + 26, words, "strong wrong" if count else "strong")
    sums = ", ".join(_number(total) for total in got.sum(axis=1))
    return Picture(
        title="How every probability depends on every logit",
        description=(
            "The Jacobian of softmax for the probabilities 0.4, 0.3, 0.15, 0.1 and 0.05. When a "
            "logit grows, its own probability grows and all others shrink, so each row should add "
            f"up to 0. Here the rows add up to {sums}; {words}."
        ),
        frames=[Frame(canvas)],
        numbers={"jacobian": got, "right": right},
    )


def picture_gradients(solution):
    """Draw the relative errors of the gradients of five layers, for a random upstream gradient."""
    rng = np.random.default_rng(4)
    x, dout = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
    p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
    s = 1 / (1 + np.exp(-x))
    right = {
        "ReLU": dout * (x > 0),
        "Tanh": dout / np.cosh(x) ** 2,
        "Sigmoid": dout * s * (1 - s),
        "Softmax": p * (dout - (p * dout).sum(axis=1, keepdims=True)),
    }
    got = {}
    for name in right:
        layer = getattr(solution, name)()
        layer.forward(x, training=True)
        got[name] = layer.backward(dout)
    canvas = Canvas(640, 270)
    errors = draw_gradient_check(canvas, got, right)
    return Picture(
        title="The gradients of four activation layers",
        description=(
            "Each block has one cell per input of a layer, 6 samples of 3 numbers, compared with "
            f"the right gradient. {describe_errors(errors)}"
        ),
        frames=[Frame(canvas)],
        numbers=errors,
    )


def _kind(share):
    """Return the kind of a cell for a number from -1 to 1."""
    if not np.isfinite(share):
        return "wrong"
    return f"{'minus' if share < 0 else 'plus'}-{round(STEPS * min(1.0, abs(share)))}"


def _number(value):
    return f"{value:.4f}".rstrip("0").rstrip(".").replace("-", "−") if value else "0"
