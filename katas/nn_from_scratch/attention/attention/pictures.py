"""Draw who looks at whom, with a mask and without, and why the scores are divided by a root."""

import math

import numpy as np

from nnkata.pictures import Canvas, Chart, Frame, Picture, draw_lines

TOKENS, SIZE = 8, 16
CELL = 30


def picture_weights(solution):
    """Draw the weights of eight tokens, yours and the right ones, without and with two masks."""
    rng = np.random.default_rng(3)
    Q, K = 1.5 * rng.normal(size=(2, TOKENS, SIZE))
    V = rng.normal(size=(TOKENS, 3))
    causal = np.tril(np.ones((TOKENS, TOKENS), bool))
    padded = np.ones((TOKENS, TOKENS), bool)
    padded[6:] = padded[:, 6:] = False
    frames, told, numbers = [], [], {}
    for name, mask in (
        ("no mask", None),
        ("no token looks ahead", causal),
        ("two tokens of padding", padded),
    ):
        arrays = (Q, K, V) if mask is None else (Q, K, V, mask)
        got = np.asarray(solution.attention(*arrays)[1], float).reshape(TOKENS, TOKENS)
        right = _weights(Q, K, mask)
        canvas = Canvas(640, 346)
        canvas.text(60, 18, name.capitalize(), "strong")
        for left, title, weights in ((60, "yours", got), (372, "right", right)):
            _draw_weights(canvas, left, title, weights, mask)
        fine = bool(np.allclose(got, right, atol=1e-9))
        sums = got.sum(axis=1)
        low, high = float(sums.min()), float(sums.max())
        spread = f"{low:.3g}" if abs(high - low) < 5e-4 else f"{low:.3g} to {high:.3g}"
        words = f"{name.capitalize()}: the weights of a query add up to {spread}; "
        words += "they are right." if fine else "they are wrong."
        told.append(words)
        frames.append(Frame(canvas, words))
        numbers[name] = {"yours": got, "right": right}
    return Picture(
        "Who looks at whom",
        f"The weights of {TOKENS} tokens, a row for each query and a column for each key. The "
        "padding sees nothing, so its rows should add up to 0, and all other rows to 1. "
        f"{' '.join(told)}",
        frames,
        numbers,
        shown=1,
    )


def _weights(Q, K, mask):
    scores = Q @ K.T / math.sqrt(SIZE)
    visible = np.ones_like(scores, bool) if mask is None else mask
    powers = np.exp(scores) * visible
    total = powers.sum(axis=1, keepdims=True)
    return powers / np.where(total == 0, 1, total)


def _draw_weights(canvas, left, title, weights, mask):
    top, side = 82, CELL * TOKENS
    canvas.text(left + side / 2, 50, title, "strong", "middle")
    canvas.text(left + side / 2, 66, "key", "small muted", "middle")
    canvas.upward_text(left - 30, top + side / 2, "query", "small muted", "middle")
    shares = np.clip(np.nan_to_num(weights), 0, 1)
    canvas.cells(left, top, CELL, CELL, [[f"shade-{round(9 * s)}" for s in row] for row in shares])
    for row in range(TOKENS):
        canvas.text(left - 8, top + CELL * row + 20, str(row), "small muted", "end")
        for column in range(TOKENS):
            x, y = left + CELL * column, top + CELL * row
            if not math.isfinite(weights[row, column]):
                canvas.text(x + CELL / 2, y + 20, "nan", "small wrong", "middle")
            if mask is not None and not mask[row, column]:
                canvas.line(x + 10, y + 20, x + 20, y + 10, "muted thin")
    canvas.rectangle((left, top), (side, side), "frame")
    if mask is not None:
        canvas.text(left + side, top + side + 18, "/ hidden", "small muted", "end")


QUERIES = 200
LENGTHS = (1, 2, 4, 8, 16, 32, 64, 128, 256)


def picture_largest_weight(solution):
    """Draw how large the largest of 100 weights is on average, for longer and longer vectors."""
    rng = np.random.default_rng(8)
    yours, right, none = [], [], []
    for length in LENGTHS:
        Q, K = rng.normal(size=(QUERIES, length)), rng.normal(size=(100, length))
        weights = np.asarray(solution.attention(Q, K, np.ones((100, 1)))[1], float)
        yours.append(float(weights.max(axis=-1).mean()))
        for line, scale in ((right, math.sqrt(length)), (none, 1.0)):
            powers = np.exp(Q @ K.T / scale - (Q @ K.T / scale).max(axis=1, keepdims=True))
            line.append(float((1 / powers.sum(axis=1)).mean()))
    lines = {"yours": yours, "divided by √dk": right, "not divided": none}
    kinds = {"yours": "yours", "divided by √dk": "right dashed", "not divided": "second"}
    canvas = Canvas(640, 330)
    powers_of_two = [math.log2(length) for length in LENGTHS]
    chart = Chart("log₂ dk", "largest weight", xs=powers_of_two, y_range=(0.0, 1.0))
    draw_lines(canvas, lines, (52, 6, 620, 290), chart, kinds)
    fine = bool(np.allclose(yours, right, atol=1e-6))
    place = LENGTHS.index(64)
    words = (
        f"For dk = 64, the largest of 100 weights is {yours[place]:.2f} on average; right is "
        f"{right[place]:.2f}, and without the root it is {none[place]:.2f}."
    )
    return Picture(
        "The largest weight, for longer and longer vectors",
        "Random queries and 100 random keys. Divided by the root of dk, the weights are spread "
        f"over many keys, whatever dk is. {words} Yours are {'right' if fine else 'wrong'}.",
        [Frame(canvas, words)],
        {"dk": LENGTHS, **lines},
    )
