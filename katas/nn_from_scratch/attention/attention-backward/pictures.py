"""Draw the gradients of attention beside the measured ones, and what a row of dS adds up to."""

import math

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture, describe_errors, draw_gradient_check

NAMES = ("dQ", "dK", "dV")


def picture_gradient_check(solution):
    """Draw the relative error of each entry, for queries of one number, of nine, and a batch."""
    rng = np.random.default_rng(6)
    frames, numbers, told = [], {}, []
    for title, leading, dk in (
        ("dk = 1", (), 1),
        ("dk = 9", (), 9),
        ("dk = 9, a batch of two", (2,), 9),
    ):
        n, m, dv = 3, 4, 5
        shapes = ((n, dv), (n, dk), (m, dk), (m, dv))
        dout, Q, K, V = (rng.normal(size=(*leading, *shape)) for shape in shapes)
        A = _weights(Q, K)
        got = solution.probe.gradients_or_error(dout, Q, K, V, A)
        right = _measured(dout, Q, K, V)
        canvas = Canvas(640, 310)
        found = got if isinstance(got, dict) else {}
        flat = {
            name: np.asarray(found[name], float).reshape(-1, right[name].shape[-1])
            for name in NAMES
            if np.shape(found.get(name)) == right[name].shape
        }
        rows = {name: array.reshape(-1, array.shape[-1]) for name, array in right.items()}
        errors = draw_gradient_check(canvas, {n: flat.get(n) for n in NAMES}, rows)
        canvas.text(624, 18, title, "strong", "end")
        words = describe_errors(errors)
        if "error" in found:
            words = f"It raises {found['error']}."
        told.append(f"{title}: {words}")
        frames.append(Frame(canvas, f"{title}. {words}"))
        numbers[title] = errors
    return Picture(
        "The gradients of attention and the measured ones",
        "Every gradient of three queries and four keys is compared with a central difference. "
        f"{' '.join(told)}",
        frames,
        numbers,
        shown=1,
    )


def _weights(Q, K):
    scores = Q @ np.swapaxes(K, -1, -2) / math.sqrt(Q.shape[-1])
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _measured(dout, Q, K, V, h=1e-5):
    arrays = {"dQ": Q, "dK": K, "dV": V}
    found = {}
    for name, array in arrays.items():
        gradient = np.zeros_like(array)
        for at in np.ndindex(array.shape):
            losses = []
            for step in (h, -h):
                moved = array.copy()
                moved[at] += step
                q, k, v = (arrays | {name: moved}).values()
                losses.append(float((_weights(q, k) @ v * dout).sum()))
            gradient[at] = (losses[0] - losses[1]) / (2 * h)
        found[name] = gradient
    return found
