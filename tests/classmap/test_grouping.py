"""Submissions that fail in the same way are one group, and what cannot be compared is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nnkata.classmap.grouping import build_class_map
from nnkata.classmap.records import ClassMap, FailureGroup
from nnkata.errors import KataError
from nnkata.model import LoadFailure, NeedsPerson, Verdict

from .cohorts import known, outcome, result, verdict


def groups(*verdicts: Verdict, **fields: Any) -> list[FailureGroup]:
    (kata,) = build_class_map([result(*verdicts, **fields)]).katas
    assert kata.passed + sum(group.first for group in kata.groups) == kata.submissions
    return kata.groups


def brief(found: list[FailureGroup]) -> list[tuple[str, str, list[str]]]:
    return [(group.kind, group.name, group.submissions) for group in found]


def test_submissions_that_make_one_known_mistake_are_one_group() -> None:
    found = groups(
        verdict("ada", outcome("adds", "aa"), diagnoses=[known("global-max", "adds")]),
        verdict("ben", outcome("adds", "bb"), diagnoses=[known("global-max", "adds")]),
        verdict("cyn", outcome("adds")),
    )
    assert brief(found) == [("known_mistake", "global-max", ["ada", "ben"])]
    assert found[0].text == "global-max is wrong.\n\nMore."


def test_submissions_that_answer_alike_are_one_group_with_the_shortest_call() -> None:
    found = groups(
        verdict("ada", outcome("adds", "aa", call="f(1, 2)"), outcome("ends", "bb", call="f(1)")),
        verdict("ben", outcome("adds", "aa", call="f(1, 2)"), outcome("ends", "bb", call="f(1)")),
        verdict("cyn", outcome("adds", "xx"), outcome("ends", "bb")),
        verdict("dan", outcome("adds"), outcome("ends")),
    )
    assert brief(found) == [("alike", "1", ["ada", "ben"]), ("alike", "2", ["cyn"])]
    assert found[0].checks == ["adds", "ends"]
    smallest = found[0].smallest
    assert smallest is not None
    assert (smallest.check, smallest.call, smallest.got, smallest.expected) == (
        "ends", "f(1)", "1", "2",
    )  # fmt: skip


def test_a_call_with_its_expected_value_is_better_than_a_shorter_one_without() -> None:
    (group,) = groups(
        verdict("ada", outcome("adds", "a", call="f(1, 2)"),
                outcome("ends", "b", call="f()", expected=None)),
    )  # fmt: skip
    assert group.smallest is not None
    assert group.smallest.call == "f(1, 2)"


def test_what_a_known_mistake_does_not_explain_is_compared_too() -> None:
    both = known("global-max", "adds")
    found = groups(
        verdict("ada", outcome("adds", "aa"), outcome("ends", "bb"), diagnoses=[both]),
        verdict("ben", outcome("adds"), outcome("ends", "bb")),
    )
    assert brief(found) == [
        ("alike", "1", ["ada", "ben"]),
        ("known_mistake", "global-max", ["ada"]),
    ]
    assert [group.first for group in found] == [1, 1]


def test_the_examples_have_different_texts_where_there_are_such() -> None:
    same = {"module": "same", "checks": "one"}
    verdicts = [verdict(n, outcome("adds", "aa"), sha256=same) for n in ("ada", "ben", "cyn")]
    (group,) = groups(*verdicts, verdict("dan", outcome("adds", "aa")))
    assert group.examples == ["ada", "dan", "ben"]


def test_every_other_reason_is_a_group_of_its_own() -> None:
    unwritten = outcome("adds", "aa", outcome="error", raised="NotImplementedError")
    waiting = outcome("adds", outcome="not_run")
    found = groups(
        verdict("ada", unwritten),
        verdict("ben", waiting, load=LoadFailure("syntax", "invalid syntax")),
        verdict("cyn", waiting),
        verdict("dan", outcome("adds", outcome="timeout")),
        verdict("eve", outcome("adds", "xx"), blame="value"),
        verdict("fay", outcome("adds", outcome="broken")),
        verdict("gus", outcome("adds"), outcome("trains", outcome="failed", slow=True)),
        verdict("hal", unwritten, outcome("ends", "bb")),
    )
    assert sorted(brief(found)) == [
        ("alike", "1", ["hal"]),
        ("broken", "a file of the course is broken", ["fay"]),
        ("not_loaded", "syntax", ["ben"]),
        ("not_run", "it waits for another kata", ["cyn"]),
        ("not_written", "a part of it is not written yet", ["hal"]),
        ("not_written", "it is not written yet", ["ada"]),
        ("prerequisite", "value", ["eve"]),
        ("slow", "trains", ["gus"]),
        ("stopped", "timeout", ["dan"]),
    ]


def test_verdicts_of_different_seeds_are_not_compared_and_that_is_said() -> None:
    one = result(
        verdict("ada", outcome("adds", "aa")),
        verdict("ben", outcome("adds", "bb"), diagnoses=[known("global-max", "adds")]),
    )
    other = result(verdict("cyn", outcome("adds", "aa"), seed=8), seed=8)
    class_map = build_class_map([one, other])
    (kata,) = class_map.katas
    assert class_map.seeds == [7, 8]
    assert kata.not_compared is not None
    assert kata.not_compared.startswith("the verdicts have different seeds (7 and 8)")
    assert brief(kata.groups) == [
        ("not_compared", "no known mistake", ["ada", "cyn"]),
        ("known_mistake", "global-max", ["ben"]),
    ]


def test_a_pass_under_another_seed_does_not_hinder_the_comparison() -> None:
    found = groups(
        verdict("ada", outcome("adds", "aa")), verdict("ben", outcome("adds", "aa")),
        verdict("cyn", outcome("adds"), seed=8),
    )  # fmt: skip
    assert brief(found) == [("alike", "1", ["ada", "ben"])]


def test_verdicts_of_different_checks_are_not_compared() -> None:
    other = {"module": "x", "checks": "two"}
    class_map = build_class_map(
        [result(verdict("ada", outcome("a", "x")), verdict("ben", outcome("a", "x"), sha256=other))]
    )
    assert str(class_map.katas[0].not_compared).startswith(
        "the verdicts are from different versions"
    )


def test_a_result_without_answers_says_what_to_do() -> None:
    failed = outcome("adds", None, outcome="failed")
    class_map = build_class_map([result(verdict("ada", failed), verdict("ben", failed))])
    assert "--reveal all" in str(class_map.katas[0].not_compared)


def test_a_submission_that_needs_a_person_is_counted_and_named() -> None:
    person = NeedsPerson("eve", "it is a link", "eve", "grade what it points to")
    class_map = build_class_map([result(verdict("ada", outcome("adds")), needs_person=[person])])
    assert (class_map.submissions, class_map.needs_person) == (2, ["eve"])


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"course": "large"}, "results of several courses: large, tiny"),
        ({}, "ada, k is graded twice: in result.json and again.json"),
    ],
)
def test_results_that_do_not_fit_together_are_refused(other: dict[str, str], words: str) -> None:
    again = (Path("again.json"), result(verdict("ada", outcome("adds")), **other)[1])
    with pytest.raises(KataError, match=words):
        build_class_map([result(verdict("ada", outcome("adds"))), again])


def test_the_order_of_the_verdicts_does_not_matter() -> None:
    verdicts = [verdict(n, outcome("adds", a)) for n, a in zip("abcde", "xyxyz", strict=True)]
    one = build_class_map([result(*verdicts)])
    other: ClassMap = build_class_map([result(*reversed(verdicts))])
    assert one == other
