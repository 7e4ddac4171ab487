"""Compare gradients with the right ones, number by number."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from .axes import label
from .canvas import Canvas, shade
from .picture import Frame, Picture

Floats = NDArray[np.float64]
TOLERANCE = 1e-6
FLOOR = 1e-10
"""Errors below this are not shaded: a measured gradient is not more precise."""
CELL = 26.0


def relative_errors(got: object, right: Floats) -> Floats:
    """Return |got − right| / max(|got|, |right|) number by number.

    If both are below 1e-8, the error is 0; if got is not finite, it is infinite. If the shape is
    wrong, all errors are infinite.
    """
    try:
        given = np.asarray(got, float)
    except (TypeError, ValueError):
        given = np.array(math.nan)
    if given.shape != right.shape:
        return np.full(right.shape, math.inf)
    size = np.maximum(np.abs(given), np.abs(right))
    with np.errstate(all="ignore"):
        errors = np.where(size < 1e-8, 0.0, np.abs(given - right) / np.maximum(size, 1e-8))
    return np.where(np.isfinite(given), errors, math.inf)


def gradient_check(
    got: Mapping[str, object],
    right: Mapping[str, Floats],
    title: str = "The gradient check",
    tolerance: float = TOLERANCE,
) -> Picture:
    """Draw the relative error of every number in every gradient.

    Args:
        got: the gradients to check, by the names of their parameters.
        right: the right gradients: arrays of one or two dimensions.
        title: the picture's title.
        tolerance: errors of at least this size are wrong.
    """
    canvas = Canvas(640, 330)
    errors = draw_gradient_check(canvas, got, right, tolerance)
    return Picture(
        title, describe_errors(errors, tolerance), [Frame(canvas)], numbers={"errors": errors}
    )


def draw_gradient_check(
    canvas: Canvas, got: Mapping[str, object], right: Mapping[str, Floats],
    tolerance: float = TOLERANCE,
) -> dict[str, Floats]:  # fmt: skip
    """Draw a block of cells per parameter, with the number of wrong ones; return the errors."""
    errors = {name: relative_errors(got.get(name), r) for name, r in right.items()}
    left, top, lowest = 16.0, 62.0, 0.0
    for name, block in errors.items():
        cells = np.atleast_2d(block)
        wide = max(CELL * cells.shape[1], 112.0)
        if left + wide > canvas.width:
            left, top, lowest = 16.0, top + lowest + 64, 0.0
        _block(canvas, name, cells, left, top, tolerance)
        left += wide + 22
        lowest = max(lowest, CELL * cells.shape[0])
    _scale(canvas, canvas.height - 16, tolerance)
    return errors


def describe_errors(errors: Mapping[str, Floats], tolerance: float = TOLERANCE) -> str:
    """Return a sentence per parameter on the errors of its gradient."""
    words = []
    for name, block in errors.items():
        wrong = int((block >= tolerance).sum())
        worst = float(block.max(initial=0.0))
        words.append(
            f"{name}: {wrong} of {block.size} wrong, the largest error is {_size(worst)}."
            if wrong
            else f"{name}: right, no error above {worst:.0e}."
        )
    return "Relative errors of the gradients. " + " ".join(words)


def _block(
    canvas: Canvas, name: str, cells: Floats, left: float, top: float, tolerance: float
) -> None:
    wrong = cells >= tolerance
    many = int(wrong.sum())
    canvas.text(left, top - 26, name, "strong mono")
    count = f"wrong: {many} of {cells.size}" if many else "right"
    canvas.text(left, top - 9, count, "small strong wrong" if many else "small")
    for r, row in enumerate(cells):
        for c, error in enumerate(row):
            x, y = left + CELL * c, top + CELL * r
            kind = shade(_share(float(error)))
            canvas.rectangle((x, y), (CELL, CELL), kind, f"{name}[{r}, {c}]: {_size(float(error))}")
            canvas.rectangle((x, y), (CELL, CELL), "grid")
            if wrong[r, c]:
                canvas.marker(x + CELL / 2, y + CELL / 2, "cross", "paper thick", 6)
                canvas.marker(x + CELL / 2, y + CELL / 2, "cross", "wrong", 6)


def _scale(canvas: Canvas, up: float, tolerance: float) -> None:
    canvas.text(16, up, "relative error:", "small")
    for n, words in enumerate(("10⁻¹⁰", "10⁻⁷", "10⁻⁴", "10⁻¹ and more")):
        left = 112 + 82 * n
        canvas.rectangle((left, up - 13), (18, 16), shade(_share(10.0 ** (-10 + 3 * n))))
        canvas.rectangle((left, up - 13), (18, 16), "grid")
        canvas.text(left + 24, up, words, "small")
    canvas.marker(492, up - 5, "cross", "wrong", 6)
    canvas.text(504, up, f"wrong: {label(tolerance)} or more", "small")


def _share(error: float) -> float:
    """Return the shade of an error, from 0 at FLOOR to 0.6 at a tenth and more."""
    if not math.isfinite(error):
        return 0.6
    return 0.6 * min(1.0, max(0.0, math.log10(max(error, FLOOR) / FLOOR) / 9))


def _size(error: float) -> str:
    return f"{error:.2g}" if math.isfinite(error) else "not finite, or of the wrong shape"
