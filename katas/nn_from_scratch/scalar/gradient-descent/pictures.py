"""A network of scalars learns XOR: its output on the plane, and its loss, step by step."""

import random

import numpy as np

from nnkata.pictures import Canvas, Chart, Frame, Picture, decision_boundary, draw_lines, grid

XS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
YS = [-1.0, 1.0, 1.0, -1.0]
SIZES = [2, 4, 1]
STEPS, RATE = 120, 0.4
STOPS = [0, 2, 5, 10, 15, 20, 30, 45, 60, 80, 100, STEPS]
PLANE = (-0.5, 1.5)

PARTS = "mse_loss, zero_grad, sgd_step in a row"


def start(seed):
    """Return the starting weights, neuron by neuron, the bias of a neuron last."""
    rng = random.Random(seed)
    return [rng.uniform(-1.0, 1.0) for _ in range(17)]


FAST, LOST = start(1), start(12)
"""Two starts. With gradients that are never cleared, the first learns faster, and the second learns
XOR and loses it again."""


def right_losses(weights, clear=True):
    """Return the losses of STEPS steps, by arrays; clear=False keeps old gradients."""
    rows = np.array(weights)
    hidden, last = rows[:12].reshape(4, 3), rows[12:].reshape(1, 5)
    X, y = np.array(XS), np.array(YS)
    one = np.ones((4, 1))
    X1 = np.hstack([X, one])
    losses, used = [], (np.zeros_like(hidden), np.zeros_like(last))
    for _ in range(STEPS):
        a = np.hstack([np.tanh(X1 @ hidden.T), one])
        out = np.tanh(a @ last.T)[:, 0]
        losses.append(float(((out - y) ** 2).mean()))
        d_out = (2 * (out - y) * (1 - out**2) / 4)[:, None]
        d_hidden = (d_out @ last[:, :4]) * (1 - a[:, :4] ** 2)
        fresh = (d_hidden.T @ X1, d_out.T @ a)
        used = fresh if clear else tuple(u + f for u, f in zip(used, fresh, strict=True))
        hidden, last = hidden - RATE * used[0], last - RATE * used[1]
    return losses


def picture_learning(solution):
    """Draw the output on the plane at some moments of the training."""
    points = grid(PLANE, PLANE, 21)
    losses, rows = solution.probe.plane_while_learning(
        SIZES, LOST, XS, YS, STOPS, RATE, points.reshape(-1, 2)
    )
    losses = [float(loss) for loss in losses]
    captions = [
        f"After {stop} steps: loss {losses[stop]:.3f}."
        if stop < len(losses)
        else f"After {stop} steps; the loss before the last one was {losses[-1]:.4f}."
        for stop in STOPS
    ]
    return decision_boundary(
        np.array(rows).reshape(len(STOPS), 21, 21), XS, YS, (PLANE, PLANE), captions,
        title="A network of 2, 4 and 1 learns XOR",
    )  # fmt: skip


def picture_losses(solution):
    """Draw the losses of `train` beside the right ones, and those without zero_grad."""
    frames, numbers, verdicts = [], {}, []
    for name, weights in (("one start", FAST), ("another start", LOST)):
        model = solution.probe.network(SIZES, weights)
        losses = [float(loss) for loss in solution.train(model, XS, YS, STEPS, RATE)]
        parts = solution.probe.losses_by_parts(SIZES, weights, XS, YS, STEPS, RATE)
        right, uncleared = right_losses(weights), right_losses(weights, clear=False)
        canvas = Canvas(640, 360)
        lines = {"yours, train": losses, "right": right, "gradients never cleared": uncleared}
        kinds = {
            "yours, train": "yours", "right": "right dashed", "gradients never cleared": "second",
            PARTS: "fourth",
        }  # fmt: skip
        parts = [float(loss) for loss in parts]
        if _gap(parts, losses) > 1e-6:
            lines[PARTS] = parts
        draw_lines(canvas, lines, (52, 6, 620, 318), Chart("steps taken", "loss"), kinds)
        words, fine = _verdict(losses, parts, right, uncleared)
        canvas.text(620, 18, words, "strong" if fine else "strong wrong", "end")
        verdicts.append(words)
        numbers[name] = lines
        frames.append(
            Frame(
                canvas,
                f"From {name}: the right losses end at {right[-1]:.3f}; with gradients that are "
                f"never cleared they fall to {min(uncleared):.3f} and end at {uncleared[-1]:.3f}.",
            )
        )
    verdict = " ".join(dict.fromkeys(verdicts))
    return Picture(
        "The loss while it learns XOR, with and without zero_grad",
        f"{STEPS} steps of gradient descent with lr = {RATE} from two starts. {verdict} Without "
        "zero_grad the loss falls faster from one start, and from the other XOR is learned and "
        "lost again: a falling loss does not prove that the steps are right.",
        frames,
        numbers,
    )


def _verdict(losses, parts, right, uncleared):
    """Return a sentence on the losses, and whether they are right.

    The path without clearing is chaotic, so only its beginning is compared.
    """
    for name, curve in (("train", losses), ("The parts", parts)):
        if _gap(curve, right) < 1e-6:
            continue
        if len(curve) != len(right):
            return f"{name}: {len(curve)} losses, not {len(right)}.", False
        if _gap(curve[:30], uncleared[:30]) < 1e-6:
            return f"{name}: gradients never cleared.", False
        gap = _gap(curve, right)
        error = f"off by up to {gap:.3g}" if gap < np.inf else "not finite"
        return f"{name}: {error}.", False
    return "Yours are right.", True


def _gap(one, other):
    """Return the largest difference; infinite where one list is longer or not finite."""
    if len(one) != len(other) or not np.isfinite(one).all():
        return float("inf")
    return float(np.abs(np.subtract(one, other)).max())
