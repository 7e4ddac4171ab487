"""Draw what a small model expects after each character, and its loss while it learns a text."""

import math

import numpy as np

from nnkata.pictures import Canvas, Chart, Frame, Picture, draw_lines

VOCABULARY = "0123456789+=\n"
LINE = "12+34=46\n"
CELL = 28


def picture_probabilities(solution):
    """Draw the probabilities of the next character after each one, by two temperatures."""
    rng = np.random.default_rng(4)
    model = solution.CharModel(VOCABULARY, 8, 2, 1, 8, solution.rng(1))
    embedding = rng.normal(size=(len(VOCABULARY), 8))
    head = rng.normal(size=(8, len(VOCABULARY)))
    solution.probe.write_params(model, {"embedding": embedding, "head.W": head})
    ids = np.array([[VOCABULARY.index(c) for c in LINE[:-1]]])
    z = np.asarray(model.logits(ids), float).reshape(1, len(LINE) - 1, len(VOCABULARY))[0]
    other = ids.copy()
    other[0, 4:] = 0
    changed = np.asarray(model.logits(other), float).reshape(1, *z.shape)[0]
    same = bool(np.allclose(changed[:4], z[:4], atol=1e-9))
    frames, numbers = [], {}
    for temperature in (1.0, 0.25):
        powers = np.exp((z - z.max(axis=1, keepdims=True)) / temperature)
        shares = powers / powers.sum(axis=1, keepdims=True)
        canvas = Canvas(640, 330)
        canvas.text(60, 18, f"temperature {temperature:g}", "strong")
        _draw_shares(canvas, 60, shares)
        top = float(shares.max(axis=1).mean())
        words = f"At temperature {temperature:g}, the likeliest character has {top:.0%} on average."
        frames.append(Frame(canvas, words))
        numbers[f"{temperature:g}"] = shares
    words = "does not change" if same else "changes"
    return Picture(
        "What it expects after each character",
        "A model with random parameters reads 12+34=46: a row for each place in the line, a column "
        f"for each next character. {frames[0].caption} {frames[1].caption} What it expects after "
        f"the first four characters {words} when later ones are replaced.",
        frames,
        numbers,
    )


def _draw_shares(canvas, left, shares):
    top = 66
    canvas.text(left, 44, "next character", "small muted")
    for column, character in enumerate(VOCABULARY):
        across = left + CELL * (column + 0.5)
        canvas.text(across, 60, "⏎" if character == "\n" else character, "mono", "middle")
    values = np.clip(np.nan_to_num(shares), 0, 1)
    canvas.cells(left, top, CELL, CELL, [[f"shade-{round(9 * s)}" for s in row] for row in values])
    for row, character in enumerate(LINE[:-1]):
        canvas.text(left - 12, top + CELL * row + 19, character, "mono", "end")
    canvas.rectangle((left, top), (CELL * len(VOCABULARY), CELL * len(shares)), "frame")
    canvas.text(left + CELL * len(VOCABULARY) + 12, top + 18, "after this character", "small muted")


def picture_losses(solution):
    """Draw the loss while a small model learns one line of characters by heart."""
    seeds, steps = (3, 5), 40
    text = "31+27=58\n"
    got = solution.probe.trained([VOCABULARY, 8, 2, 1, 8], seeds[0], text, steps, seeds[1], 2, 0.02)
    history = [float(loss) for loss in got["history"]]
    guess = math.log(len(VOCABULARY))
    lines = {"yours": history, "ln 13": [guess] * len(history)}
    canvas = Canvas(640, 330)
    chart = Chart("steps taken", "loss")
    kinds = {"yours": "yours", "ln 13": "right dashed"}
    draw_lines(canvas, lines, (52, 6, 620, 288), chart, kinds)
    words = (
        f"The loss goes from {history[0]:.2f} to {history[-1]:.2f} in {steps} steps; a model that "
        f"knows nothing has ln 13 = {guess:.2f}."
    )
    return Picture(
        "The loss while it learns a line by heart",
        f"A model with eight features learns the line 31+27=58. {words}",
        [Frame(canvas, words)],
        lines,
    )
