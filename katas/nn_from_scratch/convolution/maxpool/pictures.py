"""Draw which pixel of each window wins, and where the gradient goes."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture
from nnkata.pictures.canvas import shade

IMAGE = np.array(
    [
        [1, 3, 2, 0, 5, 1],
        [4, 2, 1, 1, 2, 3],
        [0, 1, 5, 6, 0, 2],
        [2, 0, 7, 3, 1, 4],
        [3, 8, 1, 0, 6, 2],
        [1, 2, 4, 2, 0, 1],
    ],
    float,
)
CELL = 36.0
TOP = 48.0


def picture_winners(solution):
    """Draw outputs and gradients of windows side by side, of overlapping ones, and of means."""
    cases = (
        ("MaxPool2D(2)", solution.MaxPool2D(2), 2, 2, np.max),
        ("MaxPool2D(4, stride=2)", solution.MaxPool2D(4, 2), 4, 2, np.max),
        ("AvgPool2D(2)", solution.AvgPool2D(2), 2, 2, np.mean),
    )
    frames, numbers, told = [], {}, []
    for name, layer, size, stride, reduce in cases:
        expected_out, expected_dx = _pooled(size, stride, reduce)
        out = np.asarray(layer.forward(IMAGE[None, None], training=True), float)[0, 0]
        dx = np.asarray(layer.backward(np.ones((1, 1, *expected_out.shape))), float)[0, 0]
        for got, expected in ((out, expected_out), (dx, expected_dx)):
            if got.shape != expected.shape:
                raise ValueError(f"{name} returned the shape {got.shape}, not {expected.shape}")
        wrong = int((~np.isclose(out, expected_out)).sum() + (~np.isclose(dx, expected_dx)).sum())
        canvas = Canvas(640, 330)
        canvas.text(16, 24, name, "strong mono")
        _cells(canvas, 16, IMAGE, IMAGE, 16.0)
        canvas.text(240, 42, "outputs", "small")
        _cells(canvas, 240, out, expected_out, 16.0)
        canvas.text(400, 42, "dx for a dout of ones", "small")
        _cells(canvas, 400, dx, expected_dx, 2.0)
        words = f"{wrong} of {out.size + dx.size} numbers are wrong" if wrong else "all are right"
        canvas.text(16, 308, words, "strong wrong" if wrong else "small")
        said = f"{name}: the outputs add up to {out.sum():g}, dx to {dx.sum():g}; {words}."
        frames.append(Frame(canvas, said))
        told.append(said)
        numbers[f"{name} outputs"], numbers[f"{name} dx"] = out, dx
    return Picture(
        title="Winners and means",
        description=(
            "An image of 6 × 6 pixels, the outputs of three poolings, and the gradient that comes "
            f"back for ones. {' '.join(told)} dx adds up to the number of outputs."
        ),
        frames=frames,
        numbers=numbers,
    )


def _pooled(size, stride, reduce):
    """Return the right outputs, and the right gradient for a dout of ones."""
    count = (len(IMAGE) - size) // stride + 1
    out, dx = np.zeros((count, count)), np.zeros(IMAGE.shape)
    for row, column in np.ndindex(count, count):
        window = np.s_[row * stride : row * stride + size, column * stride : column * stride + size]
        out[row, column] = reduce(IMAGE[window])
        winners = IMAGE[window] == IMAGE[window].max()
        dx[window] += winners if reduce is np.max else 1 / size**2
    return out, dx


def _cells(canvas, left, values, right, most):
    """Draw numbers in cells; wrong ones are framed."""
    for (r, c), value in np.ndenumerate(values):
        place, size = (left + CELL * c, TOP + CELL * r), (CELL, CELL)
        canvas.rectangle(place, size, shade(0.5 * value / most if np.isfinite(value) else 0.0))
        canvas.rectangle(place, size, "grid")
    for (r, c), value in np.ndenumerate(values):
        x, y = left + CELL * c, TOP + CELL * r
        good = bool(np.isclose(value, right[r, c]))
        if not good:
            canvas.rectangle((x + 3, y + 3), (CELL - 6, CELL - 6), "wrong")
        kind = "ink" if good else "strong wrong"
        canvas.text(x + CELL / 2, y + CELL / 2 + 5, f"{value:.3g}", kind, "middle")
