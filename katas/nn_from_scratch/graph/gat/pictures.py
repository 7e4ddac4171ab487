"""Draw whom members of the karate club look at, and how well the attention tells parts apart."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture, describe_errors, draw_gradient_check
from refnn.graph.data import karate_club


def _setup():
    """Return a feature for each member, and vectors for which friends of one's own part count."""
    A, faction = karate_club()
    rng = np.random.default_rng(6)
    H = np.stack([A.sum(axis=1) / 17, rng.normal(size=34), 2.0 * faction - 1], axis=1)
    return A, faction, H


def picture_looks(solution):
    """Draw the weights of one member after another, yours and the right ones, as bars."""
    A, _, H = _setup()
    W, a_self, a_other = np.eye(3), np.array([0.5, 0.0, 1.0]), np.array([2.0, 0.6, 0.0])
    result = solution.gat_layer(H, A, W, a_self, a_other)
    yours = np.nan_to_num(np.asarray(result[1], float).reshape(34, 34))
    right = _weights(A, H, W, a_self, a_other)
    frames, told, numbers = [], [], {}
    for member in (0, 33, 11):
        canvas = Canvas(640, 270)
        canvas.text(40, 18, f"Member {member} looks at", "strong")
        base, width = 230, 17
        top = max(float(right[member].max()), min(float(yours[member].max()), 1.0), 1e-9)
        for other in range(34):
            x = 40 + other * width
            if A[member, other] or other == member:
                _bar(canvas, x + 2, base, float(right[member, other]) / top, 6, "right filled")
            _bar(canvas, x + 9, base, float(yours[member, other]) / top, 6, "yours filled")
            known = bool(A[member, other]) or other == member
            if known:
                canvas.text(x + 8, base + 18, str(other), "small", "middle")
        canvas.line(40, base, 40 + 34 * width, base, "muted")
        canvas.text(620, 18, "left bar: right, right bar: yours", "small", "end")
        fine = bool(np.allclose(yours[member], right[member], atol=1e-9))
        largest, total = int(yours[member].argmax()), float(yours[member].sum())
        words = (
            f"Member {member} looks most at {largest}, with {yours[member, largest]:.2f}; all "
            f"weights add up to {total:.2f}. They are {'right' if fine else 'wrong'}."
        )
        canvas.text(56 + largest * width, 40, f"{yours[member, largest]:.2f}", "small halo")
        told.append(words)
        frames.append(Frame(canvas, words))
        numbers[f"member {member}"] = {"yours": yours[member], "right": right[member]}
    return Picture(
        "Whom members of the karate club look at",
        f"In this layer, members with many friends count most. {' '.join(told)}",
        frames,
        numbers,
        shown=0,
    )


def _bar(canvas, x, base, weight, width, kind):
    height = min(max(weight, 0.0), 1.0) * 185
    if height > 0.2:
        canvas.rectangle((x, base - height), (width, height), kind)


def _weights(A, H, W, a_self, a_other):
    P = H @ W
    z = (P @ a_self)[:, np.newaxis] + P @ a_other
    e = np.where(z > 0, z, 0.2 * z)
    powers = np.exp(e - e.max(axis=1, keepdims=True)) * ((A + np.eye(34)) != 0)
    return powers / powers.sum(axis=1, keepdims=True)


def picture_gradients(solution):
    """Draw the relative errors of the four gradients, entry by entry."""
    rng = np.random.default_rng(3)
    A = np.array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 0], [1, 0, 0, 0]], float)
    H, W, dout = rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=(4, 2))
    a_self, a_other = rng.normal(size=(2, 2))
    named = {"dH": H, "dW": W, "da_self": a_self, "da_other": a_other}
    got = dict(zip(named, solution.gat_backward(dout, H, A, W, a_self, a_other), strict=True))
    right = {}
    for name, array in named.items():
        measured = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            ends = []
            for step in (1e-5, -1e-5):
                moved = array.copy()
                moved[place] += step
                ends.append(_loss(dout, A, *(moved if v is array else v for v in named.values())))
            measured[place] = (ends[0] - ends[1]) / 2e-5
        right[name] = measured
    canvas = Canvas(640, 300)
    errors = draw_gradient_check(canvas, got, right)
    words = describe_errors(errors)
    return Picture(
        "The gradients of graph attention",
        f"The four gradients on a graph of four nodes, compared with measured ones. {words}",
        [Frame(canvas, words)],
        errors,
    )


def _loss(dout, A, H, W, a_self, a_other):
    P = H @ W
    z = (P @ a_self)[:, np.newaxis] + P @ a_other
    powers = np.exp(np.where(z > 0, z, 0.2 * z)) * ((A + np.eye(len(A))) != 0)
    return float((powers / powers.sum(axis=1, keepdims=True) @ P * dout).sum())
