"""A report of a large class needs no more memory than one of a small class."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from nnkata import reporters
from nnkata.cli.grade_output import _readable
from nnkata.grading.journal import JournalEntry
from nnkata.grading.scoring import ScoringOptions, score_entries
from nnkata.model import Outcome, Protection, Verdict, Verdicts
from nnkata.sequences import LazySequence

SIZE = 200
TEXT = "a value that is not the expected one, " * 500
ONE_ONLY = {"gradescope", "classroom50"}
"""The formats that describe one submission."""
MANY = sorted(reporters.MODULES.keys() - ONE_ONLY)


class Nowhere(io.StringIO):
    def write(self, text: str) -> int:
        return len(text)


def entry(name: str) -> JournalEntry:
    outcome = Outcome(
        check="doubles", sentence="f doubles.", outcome="failed", message=f"{name}: {TEXT}",
        max_points=1,
    )  # fmt: skip
    verdict = Verdict(
        submission=name, kata="one", module="part/one.py", passed=False, points=0, max_points=1,
        outcomes=[outcome],
    )  # fmt: skip
    return JournalEntry(submission=name, key=name, verdicts=[verdict])


def result_of(verdicts: Sequence[Verdict]) -> Verdicts:
    return Verdicts(
        engine="0.1.0", course="tiny", seed=1, verdicts=verdicts,
        protection=Protection(2, "none", "none", "none", "400 MiB", True),
    )  # fmt: skip


@pytest.fixture(scope="module")
def scored() -> Any:
    names = [f"s{number}" for number in range(SIZE)]
    return score_entries(LazySequence(names, entry), ScoringOptions(), stored=True)


def peak(action: Callable[[], object]) -> float:
    """Return the most memory that an action needs at one time, in MB."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", MANY)
def test_a_report_keeps_no_verdict(name: str, scored: Any) -> None:
    reporter = reporters.reporter(reporters.MODULES[name])
    assert _readable(result_of(scored.verdicts), reporter).verdicts is scored.verdicts
    reporter(result_of(scored.verdicts[:2]), Nowhere())  # what is loaded once does not count
    alone = peak(lambda: reporter(result_of(scored.verdicts), Nowhere()))
    whole = peak(lambda: reporter(result_of(list(scored.verdicts)), Nowhere()))
    assert whole > len(TEXT) * SIZE / 1e6
    assert alone < 2.5


@pytest.mark.parametrize("name", MANY)
def test_a_report_is_the_same_from_a_file_and_from_a_list(
    name: str, scored: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nnkata.reporters.github_annotations.new_token", lambda: "token")
    reporter = reporters.reporter(reporters.MODULES[name])
    texts = []
    for verdicts in (scored.verdicts, list(scored.verdicts)):
        out = io.StringIO()
        reporter(result_of(verdicts), out)
        texts.append(out.getvalue())
    assert texts[0] == texts[1]


def test_a_reporter_of_a_plugin_gets_a_list(scored: Any) -> None:
    def count(verdicts: Verdicts, out: Any) -> None:
        out.write(str(len(verdicts.verdicts)))

    assert type(_readable(result_of(scored.verdicts), count).verdicts) is list
