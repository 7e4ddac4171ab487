"""Draw the error terms of a small network, on their way from the last layer to the first."""

import math
from itertools import pairwise

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture
from nnkata.testing import fn

WIDTHS = (2, 4, 3, 3)
ACROSS = (70, 230, 390, 550)
TANH, TANH_GRAD = fn("lambda z: np.tanh(z)"), fn("lambda z: 1 - np.tanh(z) ** 2")
SOFTMAX = fn("lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum()")
DIFFERENCE = fn("lambda z, a, y: a - y")
Y = np.array([0.0, 1.0, 0.0])


def picture_error_terms(solution):
    """Draw the outputs of all units, and then the error terms, layer by layer."""
    rng = np.random.default_rng(20)
    x = np.array([1.0, -0.5])
    Ws = [rng.normal(0, 1, (o, i)) for i, o in pairwise(WIDTHS)]
    bs = [rng.normal(0, 0.3, o) for o in WIDTHS[1:]]
    zs, as_ = [], [x]
    for W, b in zip(Ws, bs, strict=True):
        zs.append(W @ as_[-1] + b)
        as_.append((SOFTMAX if len(zs) == 3 else TANH)(zs[-1]))
    right = [as_[-1] - Y]
    for n in (1, 0):
        right.insert(0, TANH_GRAD(zs[n]) * (Ws[n + 1].T @ right[0]))

    outputs = _rows(solution.forward_all(x, Ws, bs, TANH, SOFTMAX)[1], WIDTHS)
    found = _rows(solution.deltas(Y, zs, as_, Ws, TANH_GRAD, DIFFERENCE), WIDTHS[1:])
    frames = [Frame(_network(Ws, outputs, as_, "output a"), _sentence("outputs", outputs, as_))]
    told = [frames[0].caption]
    for layer in (2, 1, 0):
        hidden = [np.full(WIDTHS[0], math.nan)] + [
            d if n >= layer else np.full(len(d), math.nan) for n, d in enumerate(found)
        ]
        shown = [None] * (layer + 1) + right[layer:]
        canvas = _network(Ws, hidden, shown, "error term δ", layer + 1)
        name = f"error terms of layer {layer + 1}"
        told.append(_sentence(name, found[layer : layer + 1], right[layer : layer + 1]))
        frames.append(Frame(canvas, told[-1]))
    return Picture(
        title="The error terms of a network, from the back to the front",
        description=(
            "A network with 2 inputs, hidden layers of 4 and 3 units with tanh, and softmax over 3 "
            f"classes; the second class is right. {' '.join(told)}"
        ),
        frames=frames,
        numbers={"outputs": outputs, "error terms": found, "right error terms": right},
        shown=3,
    )


def _rows(got, widths):
    """Return one array of numbers per layer; what is missing becomes nan."""
    rows = []
    for n, width in enumerate(widths):
        row = np.full(width, math.nan)
        if isinstance(got, list | tuple) and n < len(got):
            numbers = np.asarray(got[n], dtype=float).reshape(-1)[:width]
            row[: len(numbers)] = numbers
        rows.append(row)
    return rows


def _sentence(name, rows, right):
    """Say which numbers are there, and whether they are right."""
    numbers = ", ".join(_short(v) for v in rows[-1])
    fine = all(np.allclose(a, b, rtol=1e-6, atol=1e-9) for a, b in zip(rows, right, strict=True))
    if name == "outputs":
        name, numbers = "outputs of the last layer", numbers
    end = "as they should be" if fine else f"should be {', '.join(_short(v) for v in right[-1])}"
    return f"The {name}: {numbers}; {end}."


def _network(Ws, rows, right, words, behind=None):
    """Draw all units with a number each; `behind` names the layer whose weights back are strong."""
    canvas = Canvas(640, 376)
    places = [[184 + 72 * (k - (w - 1) / 2) for k in range(w)] for w in WIDTHS]
    for n, W in enumerate(Ws):
        for (o, i), weight in np.ndenumerate(W):
            strong = behind is None or n == behind
            wide = max(1, round(4 * abs(weight) / np.abs(W).max()))
            kind = f"{'first' if weight >= 0 else 'second'} wide-{wide}" if strong else "grid"
            canvas.line(ACROSS[n], places[n][i], ACROSS[n + 1], places[n + 1][o], kind)
    largest = max((abs(v) for row in rows for v in row if math.isfinite(v)), default=1.0) or 1.0
    for n, (row, true) in enumerate(zip(rows, right, strict=True)):
        name = "x" if n == 0 else f"layer {n}"
        canvas.text(ACROSS[n], 24, name, "strong", "middle")
        for k, value in enumerate(row):
            up = places[n][k]
            canvas.circle(ACROSS[n], up, 22, "paper filled")
            if true is None:
                canvas.circle(ACROSS[n], up, 22, "grid")
                continue
            if math.isfinite(value):
                canvas.circle(ACROSS[n], up, 22, _shade(value / largest))
            fine = math.isclose(value, true[k], rel_tol=1e-6, abs_tol=1e-9)
            canvas.circle(ACROSS[n], up, 22, "ink thin" if fine else "wrong thick dashed")
            canvas.text(ACROSS[n], up + 4, _short(value), "small", "middle")
            if not fine:
                canvas.text(
                    ACROSS[n], up + 36, f"not {_short(true[k])}", "small wrong halo", "middle"
                )
    canvas.line(24, 358, 56, 358, "first wide-3")
    canvas.text(64, 362, "weight above 0", "small")
    canvas.line(180, 358, 212, 358, "second wide-3")
    canvas.text(220, 362, "below 0", "small")
    canvas.text(300, 362, f"in the circles: {words}", "small")
    return canvas


def _shade(share):
    """Return the kind of a circle with a number from -1 to 1."""
    return f"{'minus' if share < 0 else 'plus'}-{round(5 * abs(share))}"


def _short(value):
    """Write a number with two digits after the decimal point."""
    return f"{value:.2f}".replace("-", "−") if math.isfinite(value) else "none"
