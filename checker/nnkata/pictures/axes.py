"""Two axes on a canvas: they map numbers of a problem to positions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from .canvas import MARKERS, SERIES, Canvas


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round numbers between low and high: 1, 2 or 5 times a power of ten apart."""
    raw = (high - low) / about
    if not (math.isfinite(low) and math.isfinite(raw)) or raw <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [0.0 if n == 0 else n * step for n in range(first, last + 1)]


def powers(low: float, high: float, about: int = 6) -> list[float]:
    """Return powers of ten between low and high, evenly spaced, for a logarithmic axis."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    step = max(1, math.ceil((last - first) / about))
    return [10.0**n for n in range(first, last + 1, step)]


def label(value: float, digits: int = 4) -> str:
    """Return a number as text for an axis, with at most `digits` significant digits."""
    if not math.isfinite(value):
        return str(value).replace("-inf", "−∞").replace("inf", "∞")
    if value and (abs(value) >= 1e5 or abs(value) < 1e-3):
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        if "." in mantissa:
            mantissa = mantissa.rstrip("0").rstrip(".")
        raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        sign, mantissa = ("−" if value < 0 else ""), mantissa.lstrip("-")
        return f"{sign}10{raised}" if mantissa == "1" else f"{sign}{mantissa}·10{raised}"
    text = f"{value:.{digits}g}"
    return (f"{value:.0f}" if "e" in text else text).replace("-", "−")


def labels(values: Sequence[float]) -> list[str]:
    """Return the labels of an axis, with the fewest digits that make them different."""
    for digits in range(4, 16):
        texts = [label(value, digits) for value in values]
        if len(set(texts)) == len(set(values)):
            break
    return texts if values else []


class Axes:
    """A rectangle of a canvas in which x and y are numbers of the problem.

    The axes named in `log` ("x", "y" or "xy") are logarithmic; their ranges must be positive.
    """

    def __init__(
        self, canvas: Canvas, x: Sequence[float], y: Sequence[float],
        box: tuple[float, float, float, float] | None = None,
        log: str = "",
    ) -> None:  # fmt: skip
        """Map the ranges (low, high) of x and y to (left, top, right, bottom) on the canvas.

        Raises `ValueError` for a range that is not finite, or not positive on a logarithmic axis.
        """
        self.canvas = canvas
        inside = box or (52.0, 14.0, canvas.width - 24.0, canvas.height - 40.0)
        self.left, self.top, self.right, self.bottom = inside
        self.log_x, self.log_y = "x" in log, "y" in log
        self.low_x, self.high_x = _range(x, self.log_x)
        self.low_y, self.high_y = _range(y, self.log_y)

    def x(self, value: float) -> float:
        """Return the horizontal position of a number."""
        return self.left + _share(value, self.low_x, self.high_x, self.log_x) * (
            self.right - self.left
        )

    def y(self, value: float) -> float:
        """Return the vertical position of a number."""
        return self.bottom - _share(value, self.low_y, self.high_y, self.log_y) * (
            self.bottom - self.top
        )

    def frame(self, x_name: str, y_name: str, about: int = 5, about_y: int = 5) -> None:
        """Draw the grid, numbers and names, with roughly `about` and `about_y` numbers per axis."""
        c = self.canvas
        ys = (
            powers(self.low_y, self.high_y)
            if self.log_y
            else ticks(self.low_y, self.high_y, about_y)
        )
        xs = (
            powers(self.low_x, self.high_x) if self.log_x else ticks(self.low_x, self.high_x, about)
        )
        for value, words in zip(ys, labels(ys), strict=True):
            c.line(self.left, self.y(value), self.right, self.y(value), "grid")
            c.text(self.left - 6, self.y(value) + 4, words, "muted small", "end")
        for value, words in zip(xs, labels(xs), strict=True):
            c.line(self.x(value), self.bottom, self.x(value), self.bottom + 4, "muted")
            c.text(self.x(value), self.bottom + 17, words, "muted small", "middle")
        c.line(self.left, self.bottom, self.right, self.bottom, "muted")
        if x_name:
            c.text((self.left + self.right) / 2, self.bottom + 33, x_name, "ink small", "middle")
        if y_name:
            middle = (self.top + self.bottom) / 2
            c.upward_text(self.left - 40, middle, y_name, "ink small", "middle")

    def curve(self, xs: Iterable[float], ys: Iterable[float], kind: str) -> None:
        """Draw a line through points.

        It is interrupted where a number is not finite or x is outside the axis. Where y is outside,
        the line follows the edge.
        """
        inside = []
        for x, y in zip(xs, ys, strict=True):
            fine = self.low_x <= x <= self.high_x and math.isfinite(y) and (not self.log_y or y > 0)
            inside.append((self.x(x), self._clamp(self.y(y))) if fine else (math.nan, math.nan))
        self.canvas.path(inside, kind)

    def _clamp(self, y: float) -> float:
        """Limit a vertical position to the frame and a small margin."""
        return min(max(y, self.top - 4), self.bottom + 4)

    def legend(
        self, names: Sequence[tuple[str, str]], x: float | None = None, y: float | None = None
    ) -> None:
        """Draw a legend of (kind, name), one line below the other."""
        left = self.left + 12 if x is None else x
        top = self.top + 14 if y is None else y
        for number, (kind, words) in enumerate(names):
            height = top + 18 * number
            self.canvas.line(left, height - 4, left + 26, height - 4, kind)
            self.canvas.text(left + 32, height, words, "ink small halo")


def series(number: int) -> tuple[str, str]:
    """Return the kind and the marker of series `number`, counted from 0."""
    return SERIES[number % len(SERIES)], MARKERS[number % len(MARKERS)]


def _range(pair: Sequence[float], log: bool) -> tuple[float, float]:
    low, high = float(pair[0]), float(pair[1])
    if not math.isfinite(high - low) or (log and min(low, high) <= 0):
        raise ValueError(f"an axis cannot run from {low} to {high}")
    if high <= low:
        return (low / 2, low * 2) if log else (low - 0.5, low + 0.5)
    return low, high


def _share(value: float, low: float, high: float, log: bool) -> float:
    if log:
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)
