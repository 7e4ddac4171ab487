"""Draw how the gradients of overlapping windows add up in an image, window by window."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture
from nnkata.pictures.canvas import shade

SIZE, WINDOW = 5, 3
CELL = 44.0
LEFT, TOP = 300.0, 48.0


def picture_overlaps(solution):
    """Draw dx for a filter of ones, while one entry of dout after the other becomes 1."""
    places = SIZE - WINDOW + 1
    x, w = np.zeros((1, 1, SIZE, SIZE)), np.ones((1, 1, WINDOW, WINDOW))
    dout, right = np.zeros((1, 1, places, places)), np.zeros((SIZE, SIZE))
    frames, every, wrong = [], [], 0
    for number in range(places * places):
        i, j = divmod(number, places)
        dout[0, 0, i, j] = 1.0
        right[i : i + WINDOW, j : j + WINDOW] += 1.0
        dx = np.asarray(solution.conv2d_backward(dout, x, w)[0], float)
        if dx.shape != x.shape:
            raise ValueError(f"dx has the shape {dx.shape}, not {x.shape}")
        every.append(dx[0, 0])
        wrong = int((~np.isclose(dx[0, 0], right)).sum())
        canvas = Canvas(640, 316)
        canvas.text(24, 24, "dout", "strong mono")
        _cells(canvas, 24, TOP, dout[0, 0], dout[0, 0], 1.0)
        canvas.text(LEFT, 24, "dx", "strong mono")
        words = f"wrong: {wrong} of {right.size}" if wrong else "right"
        canvas.text(LEFT + 40, 24, words, "small strong wrong" if wrong else "small")
        _cells(canvas, LEFT, TOP, dx[0, 0], right, 9.0)
        corner = (LEFT + CELL * j + 2, TOP + CELL * i + 2)
        canvas.rectangle(corner, (WINDOW * CELL - 4, WINDOW * CELL - 4), "first thick dashed")
        canvas.line(24, 240, 50, 240, "first thick dashed")
        canvas.text(58, 244, "the window of the last 1", "small")
        canvas.text(
            24, 300, "The filter is 3 × 3 ones, so dx counts the windows of each pixel.", "small"
        )
        middle = _number(dx[0, 0, SIZE // 2, SIZE // 2])
        said = f"{number + 1} window{'s'[: number > 0]}: the pixel in the middle has {middle}"
        said += f", and {wrong} of {right.size} pixels are wrong." if wrong else "."
        frames.append(Frame(canvas, said))
    rows = "; ".join(" ".join(_number(v) for v in row) for row in every[-1])
    return Picture(
        title="Overlapping windows add up",
        description=(
            "An image of 5 × 5 pixels, a filter of 3 × 3 ones, and an upstream gradient in which "
            f"one number after the other becomes 1. At the end, dx is: {rows}. "
            + (f"{wrong} of 25 pixels are wrong." if wrong else "Every pixel counts its windows.")
        ),
        frames=frames,
        numbers={"dx": np.array(every), "right": right},
    )


def _cells(canvas, left, top, values, right, most):
    """Draw numbers in cells; wrong ones are framed."""
    for (r, c), value in np.ndenumerate(values):
        place, size = (left + CELL * c, top + CELL * r), (CELL, CELL)
        canvas.rectangle(place, size, shade(0.5 * value / most if np.isfinite(value) else 0.0))
        canvas.rectangle(place, size, "grid")
    for (r, c), value in np.ndenumerate(values):
        x, y = left + CELL * c, top + CELL * r
        good = bool(np.isclose(value, right[r, c]))
        if not good:
            canvas.rectangle((x + 4, y + 4), (CELL - 8, CELL - 8), "wrong")
        words = "ink" if good else "strong wrong"
        canvas.text(x + CELL / 2, y + CELL / 2 + 5, _number(value), words, "middle")


def _number(value):
    return f"{value:.3g}".replace("-", "−")
