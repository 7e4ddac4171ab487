"""The content of a class map, as `kata classmap --json` prints it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

GroupKind = Literal[
    "known_mistake", "alike", "not_compared", "slow", "stopped", "prerequisite", "not_loaded",
    "not_written", "not_run", "broken",
]  # fmt: skip
"""Why the submissions of a group did not pass.

known_mistake: their answers equal those of a documented mistake. alike: their answers are equal in
checks that no documented mistake explains. not_compared: no documented mistake matches, and their
answers are unknown. slow: only slow checks failed. stopped: a timeout or a limit ended the checks.
prerequisite: the module of a kata that this one needs is the cause. not_loaded: the module could
not be loaded. not_written: it is still the stub. not_run: nothing was run, because the kata waits
for another. broken: a file of the course is broken, which is not the fault of a submission."""


class Difference(Struct, frozen=True):
    """A call on which a submission differs from the reference."""

    check: str
    sentence: str
    call: str
    got: str | None = None
    """The returned value; None if an exception was raised."""
    expected: str | None = None
    message: str | None = None


class FailureGroup(Struct, kw_only=True):
    """Submissions that fail a kata in the same way."""

    kind: GroupKind
    name: str
    """The mistake, the prerequisite or the reason; for `alike`, the number of the group."""
    text: str = ""
    """For a known mistake, its text."""
    count: int
    first: int
    """The number of submissions whose first cause is this one. These numbers of all groups of a
    kata and `passed` add up to `submissions`."""
    submissions: list[str]
    examples: list[str] = []
    """Up to three of them, with different texts if possible."""
    checks: list[str] = []
    """The checks that fail for this reason in each of them."""
    smallest: Difference | None = None
    """The shortest call on which they differ from the reference."""


class KataMap(Struct, kw_only=True):
    """The results of a class in one kata."""

    kata: str
    seeds: list[int]
    """The seeds of the verdicts that are not a pass."""
    submissions: int
    """The number of submissions that have a verdict."""
    passed: int
    groups: list[FailureGroup]
    """The ways of failing, the most frequent first."""
    not_compared: str | None = None
    """Why answers were not compared; then no group has the kind `alike`."""


class LineSpan(Struct, frozen=True):
    """Lines of a file, counted from 1."""

    start: int
    end: int


class SharedLines(Struct, frozen=True):
    """Lines of two submissions with the same structure."""

    first: LineSpan
    second: LineSpan


class SimilarModule(Struct, frozen=True, kw_only=True):
    """One kata in which two submissions are similar."""

    kata: str
    module: str
    score: float
    """The share of the smaller module's own code that both have in common, 0 to 1."""
    tokens: int
    """The number of nodes of the syntax tree that both have in common."""
    places: list[SharedLines]


class SimilarPair(Struct, kw_only=True):
    """Two similar submissions: a reason to look at them, but not a mark or an accusation."""

    first: str
    second: str
    modules: list[SimilarModule]


class NotComparedModule(Struct, frozen=True, kw_only=True):
    """A module that could not be read for the comparison."""

    submission: str
    kata: str
    reason: str


class SimilarityReport(Struct, kw_only=True):
    """The result of the comparison of code: similar pairs, and modules that were not compared."""

    pairs: list[SimilarPair] = []
    left_out: int = 0
    """The number of further pairs that are not listed."""
    compared: int = 0
    """Modules that were compared."""
    short: int = 0
    """Modules with too little code of their own, or none."""
    common: int = 0
    """Modules whose structure is shared by so many that it is not evidence of copying."""
    unreadable: int = 0
    """Modules that could not be read; `not_compared` lists them."""
    not_compared: list[NotComparedModule] = []
    missing: int = 0
    """Modules that are not in the folder, or have changed since they were graded."""


class ClassMap(Struct, kw_only=True):
    """The output of `kata classmap --json`."""

    schema: Literal["nnkata/classmap/v1"] = "nnkata/classmap/v1"
    course: str
    seeds: list[int]
    submissions: int
    """The number of all submissions, including those that need a person."""
    needs_person: list[str]
    katas: list[KataMap]
    similarity: SimilarityReport | None = None
    """None if no submissions were given to compare."""
