"""The output of a network with two inputs on a plane, and the line where its sign changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .axes import Axes
from .canvas import Canvas, signed_shade
from .picture import Frame, Picture

Floats = NDArray[np.float64]
Range = tuple[float, float]


def grid(x: Range, y: Range, count: int = 21) -> Floats:
    """Return points of a plane at which to evaluate a network: (count, count, 2), lowest row first.

    Each point is the centre of its cell.
    """
    xs, ys = (np.linspace(low, high, 2 * count + 1)[1::2] for low, high in (x, y))
    return np.stack(np.meshgrid(xs, ys), axis=-1)


def model_outputs(model: Callable[[list[float]], Any], points: Floats) -> Floats:
    """Return a model's output at each point of an array (…, 2); for a Value it is `data`."""
    outputs = [model([float(a), float(b)]) for a, b in points.reshape(-1, 2)]
    plain = [float(v.data if hasattr(v, "grad") else v) for v in outputs]
    return np.array(plain).reshape(points.shape[:-1])


def decision_boundary(
    outputs: Sequence[Floats] | Floats,
    points: Sequence[Sequence[float]],
    targets: Sequence[float],
    plane: tuple[Range, Range],
    captions: Sequence[str] = (),
    title: str = "Where the network is positive, and where negative",
) -> Picture:
    """Draw the output of a network on a plane in shades, and the samples with their targets.

    Args:
        outputs: one array (rows, columns), lowest row first, as `model_outputs(model,
            grid(x, y))` returns it; or several, one per moment of a training run.
        points: the samples, each (x, y).
        targets: the targets of the samples; only the sign matters.
        plane: the ranges of the first and of the second input.
        captions: the caption of each moment.
        title: the picture's title.
    """
    moments = [np.asarray(o, float) for o in ([outputs] if np.ndim(outputs[0]) == 1 else outputs)]
    x, y = plane
    right = []
    frames = []
    for number, moment in enumerate(moments):
        canvas = Canvas(640, 440)
        axes = Axes(canvas, x, y, (60, 12, 440, 392))
        draw_plane(axes, moment, avoid=points)
        right.append(draw_points(axes, moment, points, targets))
        _key(canvas, targets)
        canvas.text(464, 228, f"{right[number]} of {len(points)} right", "strong")
        caption = captions[number] if number < len(captions) else ""
        frames.append(Frame(canvas, caption))
    way = f", {right[0]} at the start" if len(moments) > 1 else ""
    return Picture(
        title,
        f"The plane of the two inputs, from {x[0]:g} to {x[1]:g} and from {y[0]:g} to {y[1]:g}; "
        f"the sign of the output is shown as plus or minus. Of {len(points)} points, "
        f"{right[-1]} are on the right side{way}.",
        frames,
        numbers={"outputs": np.array(moments), "right": right},
    )


def draw_plane(
    axes: Axes, outputs: Floats, x_name: str = "first input", y_name: str = "second input",
    kind: str = "ink thick", avoid: Sequence[Sequence[float]] = (),
) -> None:  # fmt: skip
    """Shade the plane of two axes by the outputs, and draw the line where they are 0.

    The signs are written where there is room, and not on the points of `avoid`.
    """
    rows, columns = outputs.shape
    canvas, x, y = axes.canvas, (axes.low_x, axes.high_x), (axes.low_y, axes.high_y)
    wide, high = (axes.right - axes.left) / columns, (axes.bottom - axes.top) / rows
    largest = float(np.abs(outputs[np.isfinite(outputs)]).max(initial=0.0))
    # At most two thirds of the full shade, so that the marks on it can be read.
    shades = [[signed_shade(v / max(largest, 1.0) * 0.67) for v in row] for row in outputs[::-1]]
    canvas.cells(axes.left, axes.top, wide, high, shades)
    axes.frame(x_name, y_name)
    draw_zero(axes, outputs, kind)
    taken = _around(avoid, outputs.shape, x, y)
    for sign, words in ((1, "+"), (-1, "−")):
        for row, column in _label_cells(outputs * sign > 0, taken):
            across, up = _middle(column, x, columns), _middle(row, y, rows)
            canvas.text(axes.x(across), axes.y(up) + 11, words, "huge strong halo", "middle")


def draw_zero(axes: Axes, outputs: Floats, kind: str) -> None:
    """Draw the line along which the outputs are 0."""
    x, y = (axes.low_x, axes.high_x), (axes.low_y, axes.high_y)
    widened = _to_the_edges(_to_the_edges(outputs).T).T
    heights, widths = (_places(ends, n) for ends, n in zip((y, x), outputs.shape, strict=True))
    for piece in zero_line(widened):
        ups, acrosses = np.array(piece).T
        axes.curve(
            np.interp(acrosses, range(len(widths)), widths).tolist(),
            np.interp(ups, range(len(heights)), heights).tolist(),
            kind,
        )


def zero_line(outputs: Floats) -> Iterator[list[tuple[float, float]]]:
    """Yield the pieces of the line where the outputs are 0, as (row, column) from end to end.

    Between two neighbours of different sign the output is interpolated linearly (marching squares).
    Where a square is crossed twice, the mean of its corners decides.
    """
    edges: dict[tuple[int, int, int], tuple[float, float]] = {}
    joined: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    above = outputs > 0
    mixed = np.zeros((outputs.shape[0] - 1, outputs.shape[1] - 1), int)
    for part in (above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1]):
        mixed += part
    for r, c in np.argwhere((mixed > 0) & (mixed < 4)).tolist():
        corners = outputs[[r, r, r + 1, r + 1], [c, c + 1, c + 1, c]]
        if not np.isfinite(corners).all():
            continue
        # Edges are named by their lower-left end and whether they go up.
        names = [(r, c, 0), (r, c + 1, 1), (r + 1, c, 0), (r, c, 1)]
        crossed = []
        for side in range(4):
            one, other = corners[side], corners[(side + 1) % 4]
            if (one > 0) != (other > 0):
                share = float(one / (one - other))
                where = [(0.0, share), (share, 1.0), (1.0, 1 - share), (1 - share, 0.0)][side]
                edges[names[side]] = (r + where[0], c + where[1])
                crossed.append(side)
        if len(crossed) == 4 and (corners.mean() > 0) != (corners[0] > 0):
            crossed = [3, 0, 1, 2]  # the first corner is cut off
        for first, second in zip(crossed[::2], crossed[1::2], strict=True):
            joined.setdefault(names[first], []).append(names[second])
            joined.setdefault(names[second], []).append(names[first])
    yield from ([edges[name] for name in chain] for chain in _chains(joined))


def _chains(
    joined: dict[tuple[int, int, int], list[tuple[int, int, int]]],
) -> Iterator[list[tuple[int, int, int]]]:
    """Yield the pieces as chains of edges: open lines first, then closed ones."""
    left = {name: list(others) for name, others in joined.items()}
    for start in [*(n for n in joined if len(joined[n]) == 1), *joined]:
        if not left[start]:
            continue
        chain = [start]
        while left[chain[-1]]:
            here = chain[-1]
            following = left[here].pop()
            left[following].remove(here)
            chain.append(following)
        yield chain


def draw_points(
    axes: Axes, outputs: Floats, points: Sequence[Sequence[float]], targets: Sequence[float]
) -> int:
    """Draw samples: circles for positive targets, squares for negative ones; mark wrong ones.

    Return the number of samples that are right.
    """
    canvas = axes.canvas
    right = _right(axes, outputs, points, targets)
    for (a, b), target, fine in zip(points, targets, right, strict=True):
        across, up = axes.x(a), axes.y(b)
        canvas.marker(across, up, "circle" if target > 0 else "square", "paper filled", 9)
        canvas.marker(across, up, "circle" if target > 0 else "square", "ink filled", 6)
        if not fine:
            canvas.circle(across, up, 13, "wrong thick")
            if across > axes.right - 60:
                canvas.text(across - 17, up + 4, "wrong", "wrong halo", "end")
            else:
                canvas.text(across + 17, up + 4, "wrong", "wrong halo")
    return sum(right)


def _key(canvas: Canvas, targets: Sequence[float]) -> None:
    rows = [("+", "output above 0"), ("−", "output below 0")]
    for number, (sign, words) in enumerate(rows):
        top = 30 + 26 * number
        kind = "plus-5" if sign == "+" else "minus-5"
        canvas.rectangle((464, top), (22, 18), kind)
        canvas.text(475, top + 15, sign, "large strong", "middle")
        canvas.text(496, top + 14, words, "small")
    canvas.line(464, 94, 486, 94, "ink thick")
    canvas.text(496, 98, "output 0", "small")
    markers = [("circle", "should be plus"), ("square", "should be minus")]
    for number, (marker, words) in enumerate(markers):
        if any((t > 0) == (marker == "circle") for t in targets):
            up = 132 + 26 * number
            canvas.marker(475, up, "circle" if marker == "circle" else "square", "ink filled", 6)
            canvas.text(496, up + 4, words, "small")


def _right(
    axes: Axes, outputs: Floats, points: Sequence[Sequence[float]], targets: Sequence[float]
) -> list[bool]:
    x, y = (axes.low_x, axes.high_x), (axes.low_y, axes.high_y)
    values = [_at(outputs, float(a), float(b), x, y) for a, b in points]
    return [math.isfinite(v) and (v > 0) == (t > 0) for v, t in zip(values, targets, strict=True)]


def _at(outputs: Floats, a: float, b: float, x: Range, y: Range) -> float:
    """Return the output at a point, interpolated from the four grid points around it."""
    rows, columns = outputs.shape
    c = min(max((a - x[0]) / (x[1] - x[0]) * columns - 0.5, 0.0), columns - 1.0)
    r = min(max((b - y[0]) / (y[1] - y[0]) * rows - 0.5, 0.0), rows - 1.0)
    low_c, low_r = min(int(c), columns - 2), min(int(r), rows - 2)
    share_c, share_r = c - low_c, r - low_r
    lower, upper = outputs[low_r : low_r + 2, low_c : low_c + 2] @ [1 - share_c, share_c]
    return float(lower * (1 - share_r) + upper * share_r)


def _around(
    points: Sequence[Sequence[float]], shape: tuple[int, ...], x: Range, y: Range
) -> NDArray[np.bool_]:
    """Return a mask of the cells near points, up to an eighth of the plane to each side."""
    rows, columns = np.indices(shape)
    taken = np.zeros(shape, bool)
    for a, b in points:
        c = (a - x[0]) / (x[1] - x[0]) * shape[1] - 0.5
        r = (b - y[0]) / (y[1] - y[0]) * shape[0] - 0.5
        taken |= (abs(columns - c) < shape[1] / 8) & (abs(rows - r) < shape[0] / 8)
    return taken


def _label_cells(inside: NDArray[np.bool_], taken: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield, for each connected part, the cell farthest from its edge and from taken cells.

    Parts that are too small to write into are left out.
    """
    inside = inside.copy()
    while inside.any():
        seed = np.zeros_like(inside)
        seed.flat[int(inside.argmax())] = True
        part = _grown(seed, inside)
        inside &= ~part
        left, depth = np.pad(part & ~taken, 1), 0
        while left.any():
            last, depth = left, depth + 1
            left = np.logical_and.reduce([left, *_shift(left)])
        if depth > 1:
            row, column = np.argwhere(last)[len(np.argwhere(last)) // 2]
            yield int(row) - 1, int(column) - 1


def _grown(seed: NDArray[np.bool_], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return all cells that can be reached from the seed without leaving the inside."""
    bounds, part = np.pad(inside, 1), np.pad(seed, 1)
    while True:
        more: NDArray[np.bool_] = np.logical_or.reduce([part, *_shift(part)]) & bounds
        if (more == part).all():
            return more[1:-1, 1:-1]
        part = more


def _shift(cells: NDArray[np.bool_]) -> list[NDArray[np.bool_]]:
    return [np.roll(cells, step, axis) for axis in (0, 1) for step in (1, -1)]


def _to_the_edges(rows: Floats) -> Floats:
    """Extrapolate linearly from the centres of the outer cells to their outer edges."""
    first, last = 1.5 * rows[:1] - 0.5 * rows[1:2], 1.5 * rows[-1:] - 0.5 * rows[-2:-1]
    return np.concatenate([first, rows, last])


def _places(ends: Range, count: int) -> list[float]:
    """Return the positions of the rows after `_to_the_edges`."""
    return [ends[0], *(_middle(n, ends, count) for n in range(count)), ends[1]]


def _middle(index: float, ends: Range, count: int) -> float:
    return ends[0] + (index + 0.5) / count * (ends[1] - ends[0])
