"""Draw the karate club while two layers learn its parts, and digits that label each other."""

import math

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture
from refnn.digits.data import load_digits
from refnn.graph.data import karate_club, neighbour_graph

PLACES = (
    (0.24, 0.52), (0.36, 0.30), (0.47, 0.52), (0.29, 0.20), (0.08, 0.70), (0.13, 0.93),
    (0.03, 0.88), (0.40, 0.12), (0.56, 0.60), (0.58, 0.34), (0.02, 0.52), (0.10, 0.36),
    (0.10, 0.18), (0.51, 0.20), (0.96, 0.52), (0.99, 0.66), (0.17, 0.80), (0.20, 0.06),
    (0.93, 0.28), (0.52, 0.06), (0.97, 0.40), (0.30, 0.04), (0.93, 0.80), (0.72, 0.92),
    (0.56, 0.95), (0.63, 0.80), (0.90, 0.94), (0.76, 0.74), (0.60, 0.46), (0.82, 0.86),
    (0.68, 0.18), (0.45, 0.78), (0.73, 0.40), (0.81, 0.54),
)  # fmt: skip
"""Where the members are drawn."""
STEPS = (0, 10, 40, 100)


def picture_karate_club(solution):
    """Draw who is placed in which part, while only two members are known."""
    A, faction = karate_club()
    known = [0, 33]
    steps = solution.probe.scores_after(A, known, faction[known], 16, list(STEPS), 0.5, 3)
    frames, told, numbers = [], [], {}
    for step, scores in zip(STEPS, steps, strict=True):
        scores = np.asarray(scores, float).reshape(34, 2)
        lead = np.nan_to_num(scores[:, 1] - scores[:, 0])
        right = int(np.delete((lead > 0) == faction, known).sum())
        canvas = Canvas(640, 380)
        _draw_club(canvas, A, lead > 0, faction, known)
        words = f"After {step} steps, {right} of the 32 other members are right."
        canvas.text(624, 18, f"step {step}", "strong", "end")
        told.append(f"{right} after {step}")
        frames.append(Frame(canvas, words))
        numbers[f"step {step}"] = {"scores": scores, "right": right}
    return Picture(
        "The parts of the karate club, learned from two members",
        "Circles follow the instructor and squares the officer, as your layers say. The two in "
        "rings are known; a cross marks who is placed wrongly. Of the 32 others are right, by "
        f"steps: {', '.join(told)}.",
        frames,
        numbers,
        shown=len(STEPS) - 1,
    )


def _draw_club(canvas, A, placed, faction, known):
    points = [(30 + 580 * x, 30 + 320 * y) for x, y in PLACES]
    for i, j in np.argwhere(np.triu(A)):
        canvas.line(*points[i], *points[j], "muted thin")
    for member, (x, y) in enumerate(points):
        if member in known:
            canvas.circle(x, y, 16, "ink thick")
        if placed[member]:
            canvas.rectangle((x - 9, y - 9), (18, 18), "second filled")
        else:
            canvas.circle(x, y, 10, "first filled")
        canvas.text(x, y + 25, str(member), "small halo", "middle")
        if placed[member] != faction[member]:
            canvas.marker(x, y, "cross", "wrong thick", 11)


IMAGES, LABELS = 60, 2


def picture_digits(solution):
    """Draw images of digits as a graph, and which labels reach them over its edges."""
    X, y = load_digits()
    X, y = X[:IMAGES], y[:IMAGES]
    A = neighbour_graph(X, 4)
    S = np.asarray(solution.normalize_adjacency(A), float).reshape(A.shape)
    known = np.concatenate([np.flatnonzero(y == digit)[:LABELS] for digit in range(10)])
    start = np.zeros((IMAGES, 10))
    start[known, y[known]] = 1.0
    frames, told, numbers = [], [], {}
    for times in (0, 1, 2, 4, 8):
        reached = np.nan_to_num(np.linalg.matrix_power(S, times) @ start)
        labelled = reached.max(axis=1) > 1e-12
        read = reached.argmax(axis=1)
        right = labelled & (read == y)
        rest = np.setdiff1d(np.arange(IMAGES), known)
        canvas = Canvas(640, 216)
        for place in range(IMAGES):
            left, top = 8 + 63 * (place % 10), 24 + 30 * (place // 10)
            kinds = [
                ["" if v == 0 else f"shade-{round(9 * v)}" for v in row]
                for row in X[place].reshape(8, 8)
            ]
            canvas.cells(left, top, 3, 3, kinds)
            kind = "strong" if place in known else "" if right[place] else "wrong"
            word = str(read[place]) if labelled[place] else "–"
            canvas.text(left + 32, top + 17, word, kind or "ink")
            if labelled[place] and not right[place]:
                canvas.marker(left + 50, top + 12, "cross", "wrong thick", 4)
        hits, some = int(right[rest].sum()), int(labelled[rest].sum())
        words = f"{times} products with S: a label has reached {some} of {len(rest)} images, "
        words += f"and it is right for {hits}."
        canvas.text(8, 16, f"{times} products with S", "strong")
        told.append(f"{hits} after {times}")
        frames.append(Frame(canvas, words))
        numbers[f"{times} products"] = {"read": read, "labelled": labelled, "right": hits}
    largest = float(np.abs(np.linalg.eigvals(np.nan_to_num(S))).max())
    numbers["largest eigenvalue"] = largest if math.isfinite(largest) else None
    return Picture(
        "Labels that spread over a graph of digits",
        f"{IMAGES} images, each linked to those that it is most like. Of each digit, {LABELS} are "
        f"known (bold). Products with your matrix carry the labels on, right for {', '.join(told)} "
        f"of {len(rest)}. The largest eigenvalue of your matrix is {largest:.3f}; right is 1.",
        frames,
        numbers,
        shown=3,
    )
