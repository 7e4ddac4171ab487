"""Draw measured slopes: a secant that turns into the tangent, and the error for every step."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .axes import Axes
from .boxes import number_text
from .canvas import Canvas
from .picture import Frame, Picture

LEAST = 1e-14
"""The lower end of the error axis; smaller errors, including 0, are drawn here."""


@dataclass(frozen=True)
class Secant:
    """A slope that was measured at x with step h, and the points where f was evaluated."""

    h: float
    slope: float
    evaluated_at: Sequence[float]


def secants(
    function: Callable[[float], float], slope: Callable[[float], float], x: float,
    measured: Sequence[Secant], title: str,
) -> Picture:  # fmt: skip
    """Draw a function around x, its tangent, and one measured slope per frame.

    Args:
        function: the function whose slope is measured.
        slope: its true slope.
        x: where it is measured.
        measured: the slopes for several steps h, in decreasing order of h.
        title: the picture's title.
    """
    far = 1.35 * max(m.h for m in measured)
    low, high = x - far, x + far
    frames, words = [], []
    for one in measured:
        canvas = Canvas(640, 330)
        axes = Axes(canvas, (low, high), _heights(function, low, high), (52, 14, 620, 286))
        axes.frame("x", "f(x)")
        xs = [low + (high - low) * i / 120 for i in range(121)]
        axes.curve(xs, [function(t) for t in xs], "ink")
        true = slope(x)
        _through(axes, x, function(x), true, "right dashed thick")
        words.append(_describe(one, function, slope, x))
        if math.isfinite(one.slope):
            _draw_measured(axes, one, function, x)
        for place in sorted(set(one.evaluated_at)):
            if low <= place <= high:
                axes.canvas.marker(
                    axes.x(place), _clamp(axes, function(place)), "square", "yours filled", 4.5
                )
        axes.legend(
            [("ink", "f"), ("right dashed thick", f"tangent, slope {number_text(true)}"),
             ("yours thick", f"measured with h = {number_text(one.h)}: {number_text(one.slope)}")],
            66, 34,
        )  # fmt: skip
        canvas.marker(79, 84, "square", "yours filled", 4.5)
        canvas.text(98, 88, "where f was evaluated", "ink small halo")
        frames.append(Frame(canvas, words[-1]))
    return Picture(
        title=title,
        description=f"The tangent at x = {number_text(x)} has slope {number_text(slope(x))}. "
        + " ".join(words),
        frames=frames,
        numbers={"h": [m.h for m in measured], "slope": [m.slope for m in measured],
                 "asked": [sorted(set(m.evaluated_at)) for m in measured], "right": slope(x)},
        shown=0,
    )  # fmt: skip


@dataclass(frozen=True)
class Measurement:
    """The slopes that a module measured at one x.

    Attributes:
        steps: the steps h.
        slopes: the slope for each step.
        default: the step that the module should use if none is given.
        by_default: the slope that the module returns when it is called without a step.
    """

    steps: Sequence[float]
    slopes: Sequence[float]
    default: float
    by_default: float


def step_errors(
    function: Callable[[float], float], true: float, x: float, measured: Measurement, title: str
) -> Picture:
    """Draw the errors of measured slopes, for steps h from large to tiny, on logarithmic axes.

    For comparison, the errors of the central and of the forward difference are drawn.

    Args:
        function: the function whose slope is measured.
        true: its slope at x.
        x: where it is measured.
        measured: the slopes that a module measured.
        title: the picture's title.
    """
    steps, default, by_default = measured.steps, measured.default, measured.by_default
    central = [abs((function(x + h) - function(x - h)) / (2 * h) - true) for h in steps]
    forward = [abs((function(x + h) - function(x)) / h - true) for h in steps]
    yours = [abs(slope - true) for slope in measured.slopes]
    canvas = Canvas(640, 360)
    axes = Axes(canvas, (min(steps), max(steps)), (LEAST, 10.0), (56, 14, 620, 312), log="xy")
    axes.frame("step h", "error of the slope")
    place = axes.x(default)
    canvas.line(place, axes.top, place, axes.bottom, "muted dotted")
    canvas.text(
        place + 5, axes.bottom - 8, f"h = {number_text(default)}, the default", "muted halo"
    )
    axes.curve(steps, [max(e, LEAST) for e in forward], "ink dotted thick")
    axes.curve(steps, [max(e, LEAST) for e in central], "right dashed thick")
    shown = [max(e, LEAST) if math.isfinite(e) else math.nan for e in yours]
    for h, error in zip(steps, shown, strict=True):
        if math.isfinite(error):
            canvas.marker(axes.x(h), _clamp(axes, error), "circle", "yours filled", 4)
    alone = abs(by_default - true)
    if math.isfinite(alone):
        where = (place, _clamp(axes, max(alone, LEAST)))
        canvas.marker(*where, "diamond", "paper filled", 9)
        canvas.marker(*where, "diamond", "yours thick", 7)
    lines = [
        ("ink dotted thick", "forward difference"),
        ("right dashed thick", "central difference"),
    ]
    axes.legend(lines, 66, 32)
    canvas.marker(79, 64, "circle", "yours filled", 4)
    canvas.text(98, 68, "this module", "ink small halo")
    canvas.marker(79, 82, "diamond", "yours thick", 6)
    canvas.text(98, 86, "this module, called without h", "ink small halo")
    best = min(range(len(steps)), key=lambda i: central[i])
    at = min(range(len(steps)), key=lambda i: abs(math.log(steps[i] / default)))
    return Picture(
        title=title,
        description=(
            f"The true slope is {number_text(true)}. The error of the central difference falls "
            f"as h² down to {number_text(central[best])} at h = {number_text(steps[best])}, and "
            "then grows again, "
            "since the rounding error is divided by h. That of the forward difference falls in "
            f"proportion to h. At h = {number_text(steps[at])} this module's error is "
            f"{number_text(yours[at])}, the central difference's {number_text(central[at])}, "
            f"the forward difference's {number_text(forward[at])}. "
            f"Called without h, this module's error is {number_text(alone)}."
        ),
        frames=[Frame(canvas)],
        numbers={"h": list(steps), "yours": yours, "both sides": central, "one side": forward,
                 "by default": alone},
    )  # fmt: skip


def _heights(function: Callable[[float], float], low: float, high: float) -> tuple[float, float]:
    ys = [function(low + (high - low) * i / 60) for i in range(61)]
    room = 0.08 * (max(ys) - min(ys)) or 1.0
    return min(ys) - room, max(ys) + room


def _through(axes: Axes, x: float, y: float, slope: float, kind: str) -> None:
    """Draw a straight line through a point, clipped to the frame."""
    ends = [axes.low_x, axes.high_x]
    if slope:
        tall = [x + (edge - y) / slope for edge in (axes.low_y, axes.high_y)]
        ends = [max(ends[0], min(tall)), min(ends[1], max(tall))]
    axes.curve(ends, [y + slope * (end - x) for end in ends], kind)


def _draw_measured(axes: Axes, one: Secant, function: Callable[[float], float], x: float) -> None:
    """Draw a line with the measured slope, through the first of two points where f was evaluated.

    If f was not evaluated at exactly two points, it goes through the point at x.
    """
    evaluated_at = sorted(set(one.evaluated_at))
    start = evaluated_at[0] if len(evaluated_at) == 2 else x
    _through(axes, start, function(start), one.slope, "yours thick")


def _clamp(axes: Axes, y: float) -> float:
    return min(max(axes.y(y), axes.top), axes.bottom)


def _describe(
    one: Secant, function: Callable[[float], float], slope: Callable[[float], float], x: float
) -> str:
    h = one.h
    central = (function(x + h) - function(x - h)) / (2 * h)
    words = f"h = {number_text(h)}: measured {number_text(one.slope)}, "
    if math.isfinite(one.slope) and abs(one.slope - central) <= 1e-6 * max(1.0, abs(central)):
        error = number_text(abs(central - slope(x)))
        return words + f"which differs from the tangent's slope by {error}."
    return words + f"but the line through x - h and x + h has the slope {number_text(central)}."
