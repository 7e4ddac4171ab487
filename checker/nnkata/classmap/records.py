"""What a class map contains, as `kata classmap --json` prints it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

GroupKind = Literal[
    "known_mistake", "alike", "not_compared", "slow", "stopped", "prerequisite", "not_loaded",
    "not_written", "not_run", "broken",
]  # fmt: skip
"""Why the submissions of a group did not pass.

known_mistake: they answer as a documented mistake does. alike: they answer alike, and in a check
that no documented mistake explains. not_compared: no documented mistake, and it is not known what
they answered. slow: only slow checks failed. stopped: a timeout or a limit ended the checks.
prerequisite: the module of a kata that this one needs is the cause. not_loaded: the module could
not be loaded. not_written: it is still the stub. not_run: nothing was run, because the kata waits
for another. broken: a file of the course is broken, which is not the fault of a submission."""


class Difference(Struct, frozen=True):
    """A call on which a submission differs from the reference."""

    check: str
    sentence: str
    call: str
    got: str | None = None
    """What came back; None where an exception was raised."""
    expected: str | None = None
    message: str | None = None


class FailureGroup(Struct, kw_only=True):
    """Submissions that fail a kata in the same way."""

    kind: GroupKind
    name: str
    """The mistake, the prerequisite, the reason; for `alike` the number of the group."""
    text: str = ""
    """For a known mistake, what its author says about it."""
    count: int
    first: int
    """How many submissions have no cause before this one: these numbers of all groups of a kata and
    `passed` add up to `submissions`."""
    submissions: list[str]
    examples: list[str] = []
    """Up to three of them, with different texts where there are such."""
    checks: list[str] = []
    """The checks that fail for this reason in each of them."""
    smallest: Difference | None = None
    """The shortest call on which they differ from the reference."""


class KataMap(Struct, kw_only=True):
    """Where the class is in one kata."""

    kata: str
    seeds: list[int]
    """The seeds of the verdicts that are not a pass."""
    submissions: int
    """The submissions that have a verdict."""
    passed: int
    groups: list[FailureGroup]
    """The ways of failing, the most frequent first."""
    not_compared: str | None = None
    """Why answers were not compared: then no group is of the kind `alike`."""


class LineSpan(Struct, frozen=True):
    """Lines of a file, counted from 1."""

    start: int
    end: int


class SharedLines(Struct, frozen=True):
    """Lines of two submissions with the same structure."""

    first: LineSpan
    second: LineSpan


class SimilarModule(Struct, frozen=True, kw_only=True):
    """One kata in which two submissions are alike."""

    kata: str
    module: str
    score: float
    """The share of the smaller module's own code that both have in common, 0 to 1."""
    tokens: int
    """How many nodes of the syntax tree that is."""
    places: list[SharedLines]


class SimilarPair(Struct, kw_only=True):
    """Two submissions that are alike: a place to look, and never a mark or an accusation."""

    first: str
    second: str
    modules: list[SimilarModule]


class SimilarityReport(Struct, kw_only=True):
    """What the comparison of code found, and what it could not compare."""

    pairs: list[SimilarPair] = []
    left_out: int = 0
    """How many pairs were found besides those that are listed."""
    compared: int = 0
    """Modules that were compared."""
    short: int = 0
    """Modules with too little code of their own, or none."""
    common: int = 0
    """Modules whose structure is shared by so many that it is no evidence of copying."""
    unreadable: int = 0
    missing: int = 0
    """Modules that are not in the folder, or are others there than when they were graded."""


class ClassMap(Struct, kw_only=True):
    """What `kata classmap --json` prints."""

    schema: Literal["nnkata/classmap/v1"] = "nnkata/classmap/v1"
    course: str
    seeds: list[int]
    submissions: int
    """All submissions, those that need a person included."""
    needs_person: list[str]
    katas: list[KataMap]
    similarity: SimilarityReport | None = None
    """None if no submissions were given to compare."""
