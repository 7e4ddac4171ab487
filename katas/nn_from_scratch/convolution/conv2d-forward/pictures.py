"""Draw an image and what several filters make of it."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture
from nnkata.pictures.canvas import signed_shade

IMAGE = np.array(
    [
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 1, 1, 1, 1, 1, 1, 1, 1, 0],
        [0, 1, 1, 1, 1, 1, 1, 1, 1, 0],
        [0, 0, 0, 0, 0, 0, 1, 1, 0, 0],
        [0, 0, 0, 0, 0, 1, 1, 0, 0, 0],
        [0, 0, 0, 0, 1, 1, 0, 0, 0, 0],
        [0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
        [0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
        [0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    float,
)
"""A seven."""
FILTERS = {
    "upper edges": np.array([[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]]),
    "left edges": np.array([[-1.0, 0, 1], [-1, 0, 1], [-1, 0, 1]]),
    "diagonal strokes": np.array([[-1.0, -1, 2], [-1, 2, -1], [2, -1, -1]]),
}
SIDE = 176.0


def picture_features(solution):
    """Draw the outputs of three filters on a digit, with stride 1 and with stride 2."""
    x = IMAGE[np.newaxis, np.newaxis]
    w = np.stack(list(FILTERS.values()))[:, np.newaxis]
    frames, numbers, told = [], {"image": IMAGE, "filters": w}, []
    for stride in (1, 2):
        out = np.asarray(solution.conv2d(x, w, np.zeros(3), stride, 1), float)
        right = _correlate(IMAGE, w[:, 0], stride)
        if out.shape != right[np.newaxis].shape:
            raise ValueError(f"the outputs have the shape {out.shape}, not {right[None].shape}")
        canvas = Canvas(640, 460)
        canvas.text(16, 20, f"The image, and three filters (stride {stride}, pad 1)", "strong")
        _tile(canvas, 16, 34, SIDE, IMAGE)
        words = []
        for place, (name, weights) in enumerate(FILTERS.items()):
            _tile(canvas, 232 + 136 * place, 84, 96, weights / 2)
            canvas.text(232 + 136 * place, 200, name, "small")
            good = bool(np.allclose(out[0, place], right[place], atol=1e-9))
            left = 16 + 216 * place
            canvas.text(left, 244, name if good else f"{name}: wrong", "" if good else "wrong")
            _tile(canvas, left, 254, SIDE, out[0, place] / 4)
            size = f"{right.shape[1]} × {right.shape[2]} outputs"
            finite = out[0, place][np.isfinite(out[0, place])]
            extent = (
                f" from {_number(finite.min())} to {_number(finite.max())}" if finite.size else ""
            )
            words.append(f"{name}, {size}{extent}{'' if good else ', which are wrong'}")
        _key(canvas, 450)
        told.append(f"Stride {stride}: {'; '.join(words)}.")
        frames.append(Frame(canvas, told[-1]))
        numbers[f"stride {stride}"] = out
    return Picture(
        title="What three filters find in a seven",
        description=(
            "A seven of 10 × 10 pixels, padded with one zero at each side, and the outputs of "
            f"filters of 3 × 3 that look for edges and strokes. {' '.join(told)}"
        ),
        frames=frames,
        numbers=numbers,
        shown=0,
    )


def _correlate(image, filters, stride):
    """Return the right outputs for pad 1."""
    padded = np.pad(image, 1)
    places = range(0, padded.shape[0] - 2, stride)
    return np.array(
        [
            [[(padded[i : i + 3, j : j + 3] * f).sum() for j in places] for i in places]
            for f in filters
        ]
    )


def _tile(canvas, left, top, side, shares):
    """Draw shares from -1 to 1 as cells; negative ones have a stroke as well as a colour."""
    high, wide = side / shares.shape[0], side / shares.shape[1]
    kinds = [[signed_shade(float(v)) for v in row] for row in np.clip(shares, -1, 1)]
    canvas.cells(left, top, wide, high, kinds)
    marks = []
    for r, c in np.argwhere(shares < -0.1):
        y = top + (r + 0.5) * high
        marks += [(left + (c + 0.3) * wide, y), (left + (c + 0.7) * wide, y), (np.nan, np.nan)]
    canvas.path(marks, "ink thin")
    canvas.rectangle((left, top), (side, side), "frame")


def _key(canvas, up):
    canvas.rectangle((16, up - 12), (14, 14), "plus-6")
    canvas.text(36, up, "above 0", "small")
    canvas.rectangle((106, up - 12), (14, 14), "minus-6")
    canvas.line(110, up - 5, 116, up - 5, "ink thin")
    canvas.text(126, up, "below 0", "small")
    canvas.text(200, up, "full shade: 4 or more (filters: 2)", "small")


def _number(value):
    return f"{value:.0f}".replace("-", "−")
