"""Curves over steps: losses, accuracies, and other numbers of a training run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .axes import Axes, label, series
from .canvas import Canvas
from .picture import Frame, Picture

ROW = 18.0
"""Units from one line of a legend to the next."""


@dataclass(frozen=True)
class Chart:
    """The axes of a chart.

    Attributes:
        x_name: the name of the horizontal axis.
        y_name: the name of the vertical axis.
        xs: the horizontal positions; by default 0, 1, 2, …
        y_range: (lowest, highest) number of the vertical axis; by default from the lines.
        log: whether the vertical axis is logarithmic.
    """

    x_name: str
    y_name: str
    xs: Sequence[float] | None = None
    y_range: tuple[float, float] | None = None
    log: bool = False


def loss_curve(
    losses: Iterable[object],
    beside: Mapping[str, Iterable[object]] | None = None,
    name: str = "loss",
    title: str = "The loss, step by step",
    x_name: str = "steps taken",
    log: bool = False,
) -> Picture:
    """Draw the losses of a training run, as `train` returns them.

    Args:
        losses: one number per step; of a Value, its data.
        beside: other runs for comparison, by name.
        name: the name of the run.
        title: the picture's title.
        x_name: the name of the horizontal axis, which counts from 0.
        log: whether the axis of the losses is logarithmic; only positive losses are shown then.
    """
    lines = {name: as_numbers(losses)}
    lines |= {words: as_numbers(others) for words, others in (beside or {}).items()}
    canvas = Canvas(640, 320)
    draw_lines(canvas, lines, (52, 10, 620, 280), Chart(x_name, "loss", log=log))
    description = " ".join(describe_line(words, line) for words, line in lines.items())
    return Picture(title, description, [Frame(canvas)], numbers=dict(lines))


def draw_lines(
    canvas: Canvas,
    lines: Mapping[str, Sequence[float]],
    box: tuple[float, float, float, float],
    chart: Chart,
    kinds: Mapping[str, str] | None = None,
) -> Axes:
    """Draw lines into (left, top, right, bottom) with a legend above them; return the axes.

    Args:
        canvas: where to draw.
        lines: numbers by name. A number that is not finite, or not positive on a logarithmic
            axis, leaves a gap.
        box: the position; the legend takes rows at its top.
        chart: the axes.
        kinds: the kind of each line; by default that of a series.
    """
    left, top, right, bottom = box
    longest = max((len(line) for line in lines.values()), default=0)
    places = list(chart.xs) if chart.xs is not None else [float(n) for n in range(longest)]
    across = (min(places), max(places)) if places else (0.0, 1.0)
    inner = (left, top + ROW * len(lines) + 4, right, bottom)
    heights = chart.y_range or span(lines.values(), chart.log)
    axes = Axes(canvas, across, heights, inner, log="y" if chart.log else "")
    axes.frame(chart.x_name, chart.y_name)
    given = kinds or {}
    named = {n: given.get(n, series(i)[0]) for i, n in enumerate(lines)}
    # The first line is drawn last, so that it is above the lines for comparison.
    for name in reversed(list(lines)):
        axes.curve(places[: len(lines[name])], lines[name], f"{named[name]} thick")
    axes.legend([(f"{kind} thick", words) for words, kind in named.items()], left, top + 12)
    return axes


def span(lines: Iterable[Sequence[float]], log: bool = False) -> tuple[float, float]:
    """Return a range that contains all finite numbers of the lines and 0, or powers of ten."""
    finite = [v for line in lines for v in line if math.isfinite(v) and (v > 0 or not log)]
    if not finite:
        return (0.1, 1.0) if log else (0.0, 1.0)
    low, high = min(finite), max(finite)
    if log:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        return 10.0**first, 10.0 ** max(last, first + 1)
    return min(0.0, low), max(0.0, high * 1.04) or 1.0


def as_numbers(values: Iterable[object]) -> list[float]:
    """Return the numbers as floats; of a Value (an object with `grad`), its data."""
    return [float(v.data if hasattr(v, "grad") else v) for v in values]  # type: ignore[arg-type, attr-defined]


def describe_line(name: str, line: Sequence[float], step: str = "step") -> str:
    """Return a sentence on the first and last value of a line, or where it stops being finite."""
    if not line:
        return f"{name}: no numbers."
    broken = next((n for n, v in enumerate(line) if not math.isfinite(v)), None)
    if broken is not None:
        return f"{name}: starts at {label(line[0])}, and is not finite from {step} {broken} on."
    if len(line) == 1:
        return f"{name}: {label(line[0])}."
    return f"{name}: from {label(line[0])} to {label(line[-1])} in {len(line) - 1} {step}s."
