"""Walls of images with their predicted classes, and weights as images."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .canvas import Canvas, shade, signed_shade
from .picture import Frame, Picture

Floats = NDArray[np.float64]
SIDE = 40.0
"""The size of an image in the row of misread ones."""
IN_A_ROW = 12
MOST = 24
"""The maximum number of misread images that are shown large: the first ones."""
WALL = 252.0
"""The largest height of the wall."""


def image_wall(
    images: Floats,
    read: Sequence[int],
    true: Sequence[int],
    shape: tuple[int, int] = (8, 8),
    title: str = "The predictions, image by image",
) -> Picture:
    """Draw images side by side; misread ones are framed and shown large with their classes.

    Args:
        images: (N, pixels), from 0 to 1.
        read: the predicted class of each image.
        true: the true class of each image.
        shape: the rows and columns of an image.
        title: the picture's title.
    """
    pictures = np.asarray(images, float).reshape(-1, *shape)
    wrong = [n for n in range(len(true)) if int(read[n]) != int(true[n])]
    large = wrong[:MOST]
    bands = math.ceil(len(large) / IN_A_ROW)
    canvas = Canvas(640, 64 + 76 * bands + WALL + 4)
    misread = f"{len(wrong)} of {len(true)} misread"
    canvas.text(4, 18, misread + (", framed:" if wrong else ""), "strong")
    if len(wrong) > len(large):
        canvas.text(636, 18, f"the first {len(large)} of them", "small muted", "end")
    for place, n in enumerate(large):
        left, top = 6.0 + 53 * (place % IN_A_ROW), 28.0 + 76 * (place // IN_A_ROW)
        canvas.rectangle((left - 1, top - 1), (SIDE + 2, SIDE + 2), "wrong", corner=2)
        _image(canvas, pictures[n], left, top, SIDE)
        canvas.text(left + SIDE / 2, top + 55, f"read {read[n]}", "small wrong", "middle")
        canvas.text(left + SIDE / 2, top + 69, f"is {true[n]}", "small", "middle")
    top = 34.0 + 76 * bands
    canvas.text(4, top + 10, f"All {len(true)} images:", "small")
    _wall(canvas, pictures, wrong, top + 18)
    pairs = ", ".join(f"{true[n]} as {read[n]}" for n in large[:IN_A_ROW])
    more = ", and so on" if len(wrong) > IN_A_ROW else ""
    return Picture(
        title,
        f"{len(true)} images, {misread}{f': {pairs}{more}' if wrong else ''}.",
        [Frame(canvas)],
        numbers={"misread": wrong, "read": list(map(int, read)), "true": list(map(int, true))},
    )


def confusion_matrix(
    matrix: NDArray[np.integer], names: Sequence[str] = (), title: str = "The confusion matrix"
) -> Picture:
    """Draw the confusion matrix: how often each class was read as which class.

    Args:
        matrix: (C, C) counts: the row is the true class, the column the predicted one.
        names: the names of the classes; by default their numbers.
        title: the picture's title.
    """
    counts = np.asarray(matrix)
    classes = len(counts)
    called = list(names) or [str(n) for n in range(classes)]
    cell = min(36.0, 400.0 / classes)
    canvas = Canvas(640, 60 + cell * classes)
    left, top = 64.0, 46.0
    most = max(1, int(counts.max(initial=0)))
    for row in range(classes):
        canvas.text(left - 8, top + cell * (row + 0.5) + 4, called[row], "strong", "end")
        canvas.text(left + cell * (row + 0.5), top - 6, called[row], "strong", "middle")
        for column in range(classes):
            count = int(counts[row, column])
            x, y = left + cell * column, top + cell * row
            # Less than half of the full shade, so that the count on it can be read.
            kind = signed_shade(0.45 * count / most) if row == column else ""
            if kind:
                canvas.rectangle((x, y), (cell, cell), kind)
            canvas.rectangle((x, y), (cell, cell), "grid")
            if count:
                words = "strong wrong" if row != column else "ink"
                canvas.text(x + cell / 2, y + cell / 2 + 5, str(count), words, "middle")
            if count and row != column:
                canvas.rectangle((x + 2, y + 2), (cell - 4, cell - 4), "wrong")
    canvas.text(left + cell * classes / 2, 18, "read as", "small", "middle")
    canvas.upward_text(22, top + cell * classes / 2, "shows", "small", "middle")
    right = int(np.trace(counts))
    total = int(counts.sum())
    worst = _worst(counts, called)
    beside = left + cell * classes + 24
    for number, (words, kind) in enumerate(
        [(f"{right} of {total}", "large strong"), ("read correctly,", "ink"),
         ("on the diagonal", "ink"), ("", "ink"), (f"{total - right} misread,", "strong wrong"),
         ("framed", "wrong")]
    ):  # fmt: skip
        canvas.text(beside, top + 30 + 22 * number, words, kind)
    worst_pair = f" Most often: {worst}." if worst else ""
    return Picture(
        title,
        f"{right} of {total} images were read correctly, {total - right} were not.{worst_pair}",
        [Frame(canvas)],
        numbers={"counts": counts},
    )


def count_pairs(true: Sequence[int], read: Sequence[int], classes: int) -> NDArray[np.int64]:
    """Return the confusion matrix, (classes, classes): true class × predicted class."""
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (np.asarray(true, int), np.asarray(read, int)), 1)
    return counts


def weight_tiles(
    weights: Sequence[Floats],
    shape: tuple[int, int] = (8, 8),
    captions: Sequence[str] = (),
    title: str = "The weights of each hidden neuron, as an image",
    most: int = 32,
) -> Picture:
    """Draw the weights from each pixel to a neuron as an image, at several moments.

    Args:
        weights: one array (pixels, neurons) per moment.
        shape: the rows and columns of an image.
        captions: the caption of each moment.
        title: the picture's title.
        most: the number of neurons to draw; the first ones.
    """
    moments = [np.asarray(w, float)[:, :most] for w in weights]
    largest = [float(np.abs(w[np.isfinite(w)]).max(initial=0.0)) for w in moments]
    # The scale is the 98th percentile: a few large weights would make the rest pale.
    scale = max(float(np.nanpercentile(np.abs(w), 98)) for w in moments) or 1.0
    columns = 8
    side, step = 68.0, 79.0
    rows = math.ceil(moments[0].shape[1] / columns)
    frames = []
    for number, moment in enumerate(moments):
        canvas = Canvas(640, 34 + step * rows)
        _sign_key(canvas, scale)
        for unit in range(moment.shape[1]):
            left, top = 4 + step * (unit % columns), 32 + step * (unit // columns)
            _signed_tile(canvas, moment[:, unit].reshape(shape) / scale, left, top, side)
        frames.append(Frame(canvas, captions[number] if number < len(captions) else ""))
    return Picture(
        title,
        f"{moments[0].shape[1]} neurons, each drawn as {shape[0]} × {shape[1]} weights. The "
        f"largest weight is {largest[0]:.2f} at the start and {largest[-1]:.2f} at the end.",
        frames,
        numbers={"weights": moments, "largest": largest},
    )


def _wall(canvas: Canvas, pictures: Floats, wrong: Sequence[int], top: float) -> None:
    """Draw all images as one grid of cells, with an empty cell between them."""
    high, wide = pictures.shape[1] + 1, pictures.shape[2] + 1
    columns, side = _columns(len(pictures))
    rows = math.ceil(len(pictures) / columns)
    kinds = [[""] * (columns * wide) for _ in range(rows * high)]
    for n, image in enumerate(pictures):
        row, column = divmod(n, columns)
        for r, line in enumerate(_greys(image)):
            kinds[row * high + r][column * wide : column * wide + len(line)] = line
    canvas.cells(4, top, side / wide, side / high, kinds)
    gap = side / wide
    frame = "wrong thick" if len(wrong) < len(pictures) / 4 else "wrong thin"
    for n in wrong:
        row, column = divmod(n, columns)
        corner = (4 + column * side - gap, top + row * side - gap)
        canvas.rectangle(corner, (side + gap, side + gap), frame)


def _columns(count: int) -> tuple[int, float]:
    """Return the number of images per row of the wall, and their size."""
    for columns in range(12, 65):
        side = 632 / columns
        if math.ceil(count / columns) * side <= WALL:
            return columns, side
    return 64, 632 / 64


def _greys(image: Floats) -> list[list[str]]:
    """Return the kinds of an image's cells; two shades are enough and keep the file small."""
    steps = np.digitize(np.nan_to_num(image), [0.2, 0.6])
    names = np.array(["", shade(0.45), shade(1.0)])
    kinds: list[list[str]] = names[steps].tolist()
    return kinds


def _image(canvas: Canvas, image: Floats, left: float, top: float, side: float) -> None:
    kinds = [[shade(float(v)) for v in row] for row in image]
    canvas.cells(left, top, side / image.shape[1], side / image.shape[0], kinds)


def _signed_tile(canvas: Canvas, tile: Floats, left: float, top: float, side: float) -> None:
    """Draw shares from −1 to 1; negative ones are hatched, so that colour is not needed."""
    high, wide = side / tile.shape[0], side / tile.shape[1]
    kinds = [[signed_shade(float(v)) if math.isfinite(v) else "" for v in row] for row in tile]
    canvas.cells(left, top, wide, high, kinds)
    marks: list[tuple[float, float]] = []
    for r, row in enumerate(tile):
        for c, value in enumerate(row):
            if value < -0.15:
                y = top + (r + 0.5) * high
                marks += [(left + (c + 0.25) * wide, y), (left + (c + 0.75) * wide, y)]
                marks.append((math.nan, math.nan))
    canvas.path(marks, "ink thin")
    canvas.rectangle((left, top), (side, side), "frame")


def _sign_key(canvas: Canvas, scale: float) -> None:
    canvas.rectangle((4, 8), (14, 14), "plus-6")
    canvas.text(24, 20, "above 0", "small")
    canvas.rectangle((90, 8), (14, 14), "minus-6")
    canvas.line(93, 15, 101, 15, "ink thin")
    canvas.text(110, 20, "below 0", "small")
    canvas.text(176, 20, f"full shade from {scale:.2g} on", "small")


def _worst(counts: NDArray[np.integer], names: Sequence[str]) -> str:
    """Return the pair that was confused most often, in words."""
    off = counts.copy()
    np.fill_diagonal(off, 0)
    if not off.any():
        return ""
    row, column = divmod(int(off.argmax()), len(off))
    return f"{names[row]} read as {names[column]}, {int(off[row, column])} times"
