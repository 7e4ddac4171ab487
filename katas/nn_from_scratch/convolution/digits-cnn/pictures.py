"""Draw the filters that a short training finds, and what they see in a digit."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture
from nnkata.pictures.canvas import shade
from refnn.digits.data import frozen_split

SEED, EPOCHS = 0, 1
COUNT = 240
LIMIT = 8
LEFT, STEP = 150.0, 60.0


def picture_filters(solution):
    """Draw the first filters, their maps of one test image, and the answer of the network."""
    split = frozen_split()
    rows = np.arange(len(split.X_train)) % 6 == 0
    X, y = split.X_train[rows][:COUNT], split.y_train[rows][:COUNT]
    frames, numbers, told = [], {}, []
    for digit in (0, 7):
        image = split.X_test[split.y_test == digit][:1]
        got = solution.probe.maps(X, y, SEED, EPOCHS, image)
        filters = np.asarray(got["filters"], float)[:LIMIT, 0]
        maps = np.asarray(got["maps"], float)[:LIMIT]
        p = np.asarray(got["probabilities"], float)
        canvas = Canvas(640, 250)
        canvas.text(16, 20, "image", "small strong")
        _tile(canvas, 16, 30, image.reshape(8, 8), 12.0, 1.0)
        canvas.text(LEFT, 20, "filters", "small strong")
        canvas.text(LEFT, 104, "what they see", "small strong")
        for number, (one, seen) in enumerate(zip(filters, maps, strict=True)):
            left = LEFT + STEP * number
            _tile(canvas, left, 30, one, 16.0, float(np.abs(filters).max()))
            _tile(canvas, left, 114, seen, 48.0 / max(seen.shape), float(np.abs(maps).max()))
        canvas.text(16, 200, "probabilities", "small strong")
        for number, share in enumerate(p):
            left = 150.0 + 46 * number
            canvas.rectangle((left, 182), (38, 24), shade(0.5 * min(max(float(share), 0.0), 1.0)))
            canvas.rectangle((left, 182), (38, 24), "grid")
            canvas.text(left + 19, 199, f"{share:.2f}", "ink", "middle")
            canvas.text(left + 19, 224, str(number), "small", "middle")
        read = int(p.argmax())
        said = f"An image of a {digit} is read as {read}, with probability {p.max():.2f}."
        frames.append(Frame(canvas, said))
        told.append(said)
        numbers[f"maps of {digit}"], numbers[f"probabilities of {digit}"] = maps, p
    numbers["filters"] = filters
    return Picture(
        title=f"What the filters see after {EPOCHS} epoch with {len(X)} images",
        description=(
            f"The first {len(filters)} filters, and the map that each of them makes of an image. "
            f"{' '.join(told)} Longer training runs are more reliable."
        ),
        frames=frames,
        numbers=numbers,
    )


def _tile(canvas, left, top, values, cell, most):
    """Draw numbers as cells: dark for large ones, and a frame around all."""
    for (r, c), value in np.ndenumerate(values):
        strength = value / most if most and np.isfinite(value) else 0.0
        canvas.rectangle((left + cell * c, top + cell * r), (cell, cell), shade(float(strength)))
    size = (cell * values.shape[1], cell * values.shape[0])
    canvas.rectangle((left, top), size, "grid")
