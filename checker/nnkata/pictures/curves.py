"""Draw functions of one Value and their derivatives: the true curves, and a module's points."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .axes import Axes
from .boxes import number_text
from .canvas import Canvas
from .nodes import close, gradients_from_slopes, real
from .picture import Frame, Picture

WIDTH = 640
COLUMNS = ((44.0, 312.0), (368.0, 628.0))
TOP = 52.0
POINTS = 200


@dataclass(frozen=True)
class Point:
    """The result of a function at one x; a missing number is None."""

    x: float
    data: float | None
    slope: float | None
    raised: str = ""
    """The name of the exception that was raised instead."""


@dataclass(frozen=True)
class Curve:
    """A known function, and the points of a module's function.

    Attributes:
        name: its name, such as "tanh(x)".
        function: the true function.
        slope: its true derivative.
        low: where the axis begins.
        high: where the axis ends.
        points: the module's results on the axis.
        far: the module's results far outside the axis, which are written as text.
    """

    name: str
    function: Callable[[float], float]
    slope: Callable[[float], float]
    low: float
    high: float
    points: Sequence[Point]
    far: Sequence[Point] = ()


def point_of(function: Callable[[Any], Any], make: Callable[[float], Any], x: float) -> Point:
    """Return value and derivative of `function` at a new Value made by `make`.

    The derivative is the gradient of the result with respect to the Value, from the local
    derivatives of all nodes between them, so a function may consist of several operations. An
    ArithmeticError or ValueError of the function is stored in the point.
    """
    start = make(x)
    try:
        result = function(start)
    except (ArithmeticError, ValueError) as error:
        return Point(x, None, None, type(error).__name__)
    data = real(result) if real(result) is not None else real(getattr(result, "data", None))
    slopes = [number for it, number in gradients_from_slopes(result) if it is start]
    slope = slopes[0] if slopes and not math.isnan(slopes[0]) else None
    return Point(x, data, slope)


def functions_and_slopes(curves: Sequence[Curve], title: str, height: float = 120) -> Picture:
    """Draw one row per function: its values on the left, its derivatives on the right.

    The dashed lines are correct. A circle is a point of the module that is on its line; a cross is
    one that is not, or that is missing.
    """
    low = sum(18.0 * len(_far_words(curve)) for curve in curves)
    canvas = Canvas(WIDTH, TOP - 20 + (height + 52) * len(curves) + low - 12)
    _legend(canvas)
    top = TOP
    words = []
    numbers: dict[str, Any] = {}
    for curve in curves:
        bottom = top + height - 10
        for (left, end), kind in zip(COLUMNS, ("value", "slope"), strict=True):
            _panel(canvas, curve, kind, (left, top, end, bottom))
        place = bottom + 38
        for text, right in _far_words(curve):
            text_kind = "wrong strong" if right else "ink"
            canvas.text(COLUMNS[0][0], place, text + right, text_kind)
            place += 18
        words += [_describe(curve, "value"), _describe(curve, "slope")]
        words += [text + right for text, right in _far_words(curve)]
        numbers[curve.name] = {
            "x": [p.x for p in curve.points],
            "value": [p.data for p in curve.points],
            "slope": [p.slope for p in curve.points],
            "wrong values": [p.x for p in curve.points if not _fine(curve, p, "value")],
            "wrong slopes": [p.x for p in curve.points if not _fine(curve, p, "slope")],
        }
        top = place + 14
    description = " ".join(f"{word.rstrip('.')}." for word in words)
    return Picture(title, description, [Frame(canvas)], numbers)


def _legend(canvas: Canvas) -> None:
    canvas.line(44, 14, 74, 14, "right dashed")
    canvas.text(80, 18, "right", "ink")
    canvas.marker(140, 14, "circle", "yours filled")
    canvas.text(150, 18, "this module", "ink")
    canvas.marker(258, 14, "cross", "wrong thick")
    canvas.text(268, 18, "this module, wrong or missing", "ink")


def _panel(canvas: Canvas, curve: Curve, kind: str, box: tuple[float, float, float, float]) -> None:
    function = curve.function if kind == "value" else curve.slope
    step = (curve.high - curve.low) / POINTS
    xs = [curve.low + step * i for i in range(POINTS + 1)]
    ys = [function(x) for x in xs]
    room = 0.08 * (max(ys) - min(ys)) or 0.5
    axes = Axes(canvas, (curve.low, curve.high), (min(ys) - room, max(ys) + room), box)
    axes.frame("", "", 5, 4)
    name = curve.name if kind == "value" else f"derivative of {curve.name}"
    canvas.text(box[0], box[1] - 10, name, "ink strong")
    axes.curve(xs, ys, "right dashed")
    for point in curve.points:
        got = point.data if kind == "value" else point.slope
        if _fine(curve, point, kind) and got is not None:
            canvas.marker(axes.x(point.x), axes.y(got), "circle", "yours filled", 4)
        else:
            shown = got if got is not None and math.isfinite(got) else axes.low_y
            clamped = min(max(shown, axes.low_y), axes.high_y)
            canvas.marker(axes.x(point.x), axes.y(clamped), "cross", "wrong thick", 4)


def _fine(curve: Curve, point: Point, kind: str) -> bool:
    right = (curve.function if kind == "value" else curve.slope)(point.x)
    return close(point.data if kind == "value" else point.slope, right)


def _describe(curve: Curve, kind: str) -> str:
    """Return a sentence on the number of wrong points, and the point with the largest error."""
    name = curve.name if kind == "value" else f"the derivative of {curve.name}"
    wrong = [p for p in curve.points if not _fine(curve, p, kind)]
    if not wrong:
        return f"{name}: {len(curve.points)} points, all of them right"
    function = curve.function if kind == "value" else curve.slope

    def off(point: Point) -> float:
        got = point.data if kind == "value" else point.slope
        return math.inf if got is None or math.isnan(got) else abs(got - function(point.x))

    worst = max(wrong, key=off)
    got = worst.data if kind == "value" else worst.slope
    shown = worst.raised or ("nothing" if got is None else number_text(got))
    return (
        f"{name}: {len(wrong)} of {len(curve.points)} points are wrong; the largest error is at "
        f"x = {number_text(worst.x)}: got {shown}, expected {number_text(function(worst.x))}"
    )


def _far_words(curve: Curve) -> list[tuple[str, str]]:
    """Return (result, correction) for each point far outside; the correction may be ""."""
    words = []
    for point in curve.far:
        got = point.raised or f"{_thing(point.data)}, derivative {_thing(point.slope)}"
        try:
            value, slope = curve.function(point.x), curve.slope(point.x)
        except (ArithmeticError, ValueError) as error:
            name = type(error).__name__
            right = "" if name == point.raised else name
            got += "" if right else ", as expected"
        else:
            fine = close(point.data, value) and close(point.slope, slope)
            right = "" if fine else f"{number_text(value)}, derivative {number_text(slope)}"
        place = curve.name.replace("(x)", f"({number_text(point.x)})")
        words.append((f"{place}: {got}", f" (right: {right})" if right else ""))
    return words


def _thing(number: float | None) -> str:
    return "missing" if number is None else number_text(number)
