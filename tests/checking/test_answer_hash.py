"""Modules that answer alike have one hash in the verdict, and nothing of a check is in it."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pytest

from nnkata.checking.answer_hash import hash_answers, record_behaviour
from nnkata.checking.reveal import redact
from nnkata.grading.grader import grade_one
from nnkata.grading.submissions import OpenSubmission
from nnkata.model import Outcome, Reveal
from nnkata.sandbox.child.protocol import pack

CHECKS = """
def test_doubles(solution, rng):
    "f doubles."
    x = rng.normal(size=(3, 4))
    assert_close(solution.f(x), 2 * x)

def test_is_zero_at_zero(solution):
    "f is 0 at 0."
    assert_equal(solution.f(0.0), 0.0)

@slow
def test_doubles_slowly(solution):
    "f doubles."
    assert_equal(solution.f(1.0), 2.0)
"""
KATA = {"reference": "def f(x):\n    return 2 * x\n", "checks": CHECKS, "exports": ["f"]}


def hash_of(value: Any) -> str:
    """Return the hash of a check in which one call returned a value."""
    return hash_answers([[["ok", pack(value), []]]])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (0.1 + 0.2, 0.3),
        (np.float64(0.3), 0.1 + 0.2),
        (np.array([1e5, 1.0]), np.array([1e5, 1.0 + 1e-11])),
        ([1.0, 0.3], [1.0, 0.1 + 0.2]),
        ([0.3] * 9, [0.1 + 0.2] * 9),
        ((1.0, {"a": 0.3}), (1.0, {"a": 0.1 + 0.2})),
        (np.array([0.1, 7], "f4"), np.array([0.1, 7], "f4") * np.float32(1 + 1e-7)),
        (np.array([0.0, -0.0]), np.array([-0.0, 0.0])),
        (np.array([np.nan, np.inf, 1]), np.array([-np.nan, np.inf, 1])),
        (0.3 + 1j, 0.1 + 0.2 + 1j),
    ],
)
def test_answers_that_differ_by_rounding_are_alike(one: Any, other: Any) -> None:
    assert hash_of(one) == hash_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (1, True),
        (1.0, 1.00001),
        (1.0, -1.0),
        (1.0, 2.0),
        (np.float32(1), np.float64(1)),
        (np.zeros((2, 3)), np.zeros((3, 2))),
        (np.array([np.inf]), np.array([-np.inf])),
        (np.array([np.nan]), np.array([0.0])),
        (np.array([1, 2]), np.array([1, 3])),
        ([1.0, 2.0], (1.0, 2.0)),
        (None, 0),
        ("a", "b"),
        ({"a": 1}, {"b": 1}),
    ],
)
def test_answers_that_differ_are_not(one: Any, other: Any) -> None:
    assert hash_of(one) != hash_of(other)


def test_rounding_splits_hardly_any_equal_answers() -> None:
    """Seen: none of 2000 arrays of 50 numbers whose last bits differ."""
    rng = np.random.default_rng(1)
    for _ in range(2000):
        x = rng.normal(size=50) * 10.0 ** rng.integers(-8, 8)
        noisy = x * (1 + rng.normal(size=50) * 1e-15)
        assert hash_of(x) == hash_of(noisy)


def outcomes(lab: Any, text: str, seed: int = 7) -> dict[str, Outcome]:
    course = lab.course({"one": KATA})
    submission = OpenSubmission("ada", {"part/one.py": textwrap.dedent(text)}, [])
    assessor = lab.assessor(course, ["one"])
    (verdict,) = grade_one(submission, [course.katas["one"]], assessor, seed)
    return {o.check: o for o in verdict.outcomes}


def behaviours(lab: Any, text: str, seed: int = 7) -> dict[str, str | None]:
    return {name: one.behaviour for name, one in outcomes(lab, text, seed).items()}


def test_the_grader_writes_hashes_for_quick_checks_that_failed(lab: Any) -> None:
    one = behaviours(lab, "def f(x):\n    return 3 * x\n")
    assert one["is_zero_at_zero"] is None
    assert one["doubles_slowly"] is None
    assert len(str(one["doubles"])) == 16
    assert one == behaviours(lab, "def f(value):\n    return value + value * 2\n")
    other = behaviours(lab, "def f(x):\n    return 4 * x\n")
    assert other["doubles"] not in (None, one["doubles"])


def test_another_seed_gives_another_hash(lab: Any) -> None:
    text = "def f(x):\n    return 3 * x\n"
    assert behaviours(lab, text)["doubles"] != behaviours(lab, text, 8)["doubles"]


def test_the_words_of_an_exception_do_not_matter_and_its_class_does(lab: Any) -> None:
    one = behaviours(lab, "def f(x):\n    raise ValueError('no, Ada')\n")
    assert one == behaviours(lab, "def f(x):\n    raise ValueError('not like this')\n")
    assert one != behaviours(lab, "def f(x):\n    raise TypeError('no, Ada')\n")


def test_what_was_stopped_has_no_hash(lab: Any) -> None:
    limits = {"seconds": 0.3, "slow_seconds": 0.3}
    course = lab.course({"one": KATA | {"limits": limits}})
    submission = OpenSubmission("ada", {"part/one.py": "def f(x):\n    while True: pass\n"}, [])
    assessor = lab.assessor(course, ["one"])
    (verdict,) = grade_one(submission, [course.katas["one"]], assessor, 7)
    assert {o.behaviour for o in verdict.outcomes} == {None}


def test_a_check_by_the_learner_writes_none(lab: Any) -> None:
    course = lab.course({"one": KATA})
    verdict = lab.verdict(course, "one", "def f(x):\n    return 3 * x\n")
    assert {o.behaviour for o in verdict.outcomes} == {None}
    assert record_behaviour(verdict, None) is verdict


@pytest.mark.parametrize("level", ["name", "message", "input"])
def test_no_hash_is_shown_where_answers_are_not(lab: Any, level: Reveal) -> None:
    course = lab.course({"one": KATA})
    submission = OpenSubmission("ada", {"part/one.py": "def f(x):\n    return 3 * x\n"}, [])
    (verdict,) = grade_one(submission, [course.katas["one"]], lab.assessor(course, ["one"]), 7)
    assert any(o.behaviour for o in verdict.outcomes)
    assert not any(o.behaviour for o in redact(verdict, level).outcomes)
