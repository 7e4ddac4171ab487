"""The helpers of checks that need the learner's process: arguments and random generators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnkata.checking.proxy import Solution
from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_draws_from_generator,
)

MODULE = """
import copy
import random
import numpy as np
def negative(x): return -x
def negate(x, scale):
    np.negative(x, out=x)
    return x
def shorten(xs): return xs.pop()
_scratch = np.zeros(2)
def shared(x):
    _scratch[:] = x
    return _scratch
def draw(rng): return rng.normal(size=3)
def draw_parts(rng): return {"W": rng.normal(size=(2, 2)), "words": ["a", rng.random()]}
def draw_globally(rng): return np.random.normal(size=3)
def draw_from_random(rng): return random.random()
def draw_from_a_copy(rng): return copy.deepcopy(rng).normal(size=3)
def draw_with_own_seed(rng): return np.random.default_rng(0).normal(size=3)
def draw_nothing(rng): return np.full(3, np.nan)
"""
EXPORTS = [line[4:].partition("(")[0] for line in MODULE.splitlines() if line.startswith("def ")]
CHECK = """
def test_negative(solution):
    '''negative changes the sign.'''
"""


@pytest.fixture
def solution(lab: Any) -> Solution:
    course = lab.course({"part": {"reference": MODULE, "checks": CHECK, "exports": EXPORTS}})
    made: Solution = lab.talk(course, "part", MODULE)
    return made


def test_arguments_that_stay_as_they_are_pass(solution: Solution) -> None:
    x, xs = np.array([1.0, 2.0]), [1.0, 2.0]
    solution.negative(x)
    assert_arguments_unchanged(x=x, xs=xs)


def test_the_argument_that_changed_is_named(solution: Solution) -> None:
    x, scale, xs = np.array([1.0, 2.0]), np.ones(2), [1.0, 2.0]
    solution.negate(x, scale)
    with pytest.raises(CheckFailed, match="x has changed") as caught:
        assert_arguments_unchanged(scale=scale, x=x)
    assert caught.value.got == "np.array([-1., -2.])"
    assert caught.value.expected == "unchanged: np.array([1., 2.])"
    solution.shorten(xs)
    with pytest.raises(CheckFailed, match="xs has changed"):
        assert_arguments_unchanged(xs=xs)


def test_an_earlier_result_that_a_later_call_changes_is_noticed(solution: Solution) -> None:
    first = solution.shared(np.ones(2))
    assert_arguments_unchanged(first=first)
    solution.shared(np.zeros(2))
    with pytest.raises(CheckFailed, match="first has changed"):
        assert_arguments_unchanged(first=first)


@pytest.mark.parametrize("name", ["draw", "draw_parts"])
def test_numbers_from_the_generator_that_is_passed_are_accepted(
    solution: Solution, name: str
) -> None:
    assert_draws_from_generator(solution, getattr(solution, name), 11)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("draw_globally", "two generators in the same state gave different numbers"),
        ("draw_from_random", "two generators in the same state gave different numbers"),
        ("draw_from_a_copy", "a generator that was used before gave the same numbers"),
        ("draw_with_own_seed", "a generator that was used before gave the same numbers"),
        ("draw_nothing", "a generator that was used before gave the same numbers"),
    ],
)
def test_numbers_from_elsewhere_are_refused_with_the_reason(
    solution: Solution, name: str, words: str
) -> None:
    draw: Callable[[Any], Any] = getattr(solution, name)
    with pytest.raises(CheckFailed, match=words):
        assert_draws_from_generator(solution, draw, 12)


def test_another_seed_must_give_other_numbers(solution: Solution) -> None:
    results: list[Any] = []

    def draw(generator: Any) -> Any:
        results.append(solution.draw(generator))
        return results[0] if len(results) == 4 else results[-1]

    with pytest.raises(CheckFailed, match="a generator with another seed gave the same numbers"):
        assert_draws_from_generator(solution, draw, 13)
