"""What an entry of the registry is, and how an error is measured in ulp.

One ulp is the distance from the right number to the next float64. A result that is rounded once is
at most 0.5 ulp away from the right one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .exact import mp

Kind = Literal["value", "gradient", "exact"]
Compare = Callable[[], Iterable[tuple[Any, Any]]]
_TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class Tolerance:
    """The tolerance of a kata's hidden checks: as `assert_close` takes it, and where it is from."""

    rtol: float
    atol: float
    why: str

    def __str__(self) -> str:
        if not self.rtol and not self.atol:
            return self.why
        parts = [(self.rtol, "relative"), (self.atol, "absolute")]
        numbers = " + ".join(f"{size:g} {word}" for size, word in parts if size)
        return f"{numbers.replace('e-0', 'e-')}: {self.why}"


@dataclass(frozen=True)
class Entry:
    """One function of the reference with its oracle.

    `compare` returns pairs (got, expected) over fixed inputs. Of a "value", each number is compared
    by itself. Of a "gradient", errors are relative to its largest entry. What is "exact" (a
    decision, a count, a selection) must be equal. A `note` says where a large error comes from.
    """

    name: str
    oracle: str
    compare: Compare
    tolerance: Tolerance
    kind: Kind = "value"
    note: str = ""


@dataclass(frozen=True)
class NoOracle:
    """A function that computes no numbers to compare, and why."""

    name: str
    reason: str


class Track:
    """The entries of one track, in the order in which they were added."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: list[Entry] = []
        self.without: list[NoOracle] = []

    def oracle(
        self, name: str, oracle: str, tolerance: Tolerance, kind: Kind = "value", note: str = ""
    ) -> Callable[[Compare], Compare]:
        """Return a decorator that adds a function of pairs (got, expected) as an entry."""

        def add(compare: Compare) -> Compare:
            self.entries.append(Entry(name, oracle, compare, tolerance, kind, note))
            return compare

        return add

    def no_oracle(self, name: str, reason: str) -> None:
        """Say why a function has no oracle."""
        self.without.append(NoOracle(name, reason))


def largest_error(entry: Entry) -> float:
    """Return the largest error of an entry in ulp; for an exact one 0 or infinity."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        pairs = list(entry.compare())
    assert pairs, f"{entry.name} compares nothing"
    return max(_error(got, expected, entry) for got, expected in pairs)


def _error(got: Any, expected: Any, entry: Entry) -> float:
    actual, right = np.asarray(got), np.asarray(expected, dtype=object)
    assert actual.shape == right.shape, f"{entry.name}: {actual.shape} and {right.shape}"
    if entry.kind == "exact":
        return 0.0 if actual.tolist() == right.tolist() else float("inf")
    if right.size == 0:
        return 0.0
    assert np.isfinite(actual.astype(float)).all(), f"{entry.name} is not finite"
    differences = np.frompyfunc(lambda a, b: float(abs(mp.mpf(a) - mp.mpf(b))), 2, 1)
    sizes = np.maximum(np.abs(right.astype(float)), _TINY)
    if entry.kind == "gradient":
        sizes = np.full_like(sizes, sizes.max())
    errors = differences(actual.astype(float), right) / np.spacing(sizes)
    return float(np.max(errors))
