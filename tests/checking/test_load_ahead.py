"""While a result is recorded, the worker loads the modules for the next check."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest

from nnkata.checking.pytest_session import Checks
from nnkata.checking.runner import KataRunner
from nnkata.checking.runtime import WorkerSlot
from nnkata.model import Course

COUNTING = """
print("loaded")
calls = 0

def f(x):
    global calls
    calls += 1
    return calls
"""
CHECKS = '''
def test_one(solution):
    """The first call gives one."""
    assert solution.f(0) == 1

def test_two(solution):
    """The first call gives one, because the module was loaded again."""
    assert solution.f(0) == 1
    assert solution.f(0) == 2

@slow
def test_three(solution):
    """The first call gives one, in a slow check too."""
    assert solution.f(0) == 1
'''


@pytest.fixture
def course(lab: Any) -> Course:
    return lab.course({"count": {"reference": COUNTING, "checks": CHECKS, "exports": ["f"]}})  # type: ignore[no-any-return]


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Record the seeds of the loads that are not waited for."""
    seeds: list[int] = []
    original = WorkerSlot.load_ahead

    def record(self: WorkerSlot, seed: int) -> None:
        seeds.append(seed)
        original(self, seed)

    monkeypatch.setattr(WorkerSlot, "load_ahead", record)
    return seeds


def runner_of(course: Course, lab: Any, seed: int = 7) -> KataRunner:
    kata = course.katas["count"]
    return KataRunner(Checks([kata]), course, kata, lab.pool, seed)


def test_each_check_gets_a_new_module_and_its_own_output(
    course: Course, lab: Any, ahead: list[int]
) -> None:
    run = runner_of(course, lab).run(lab.bundle(course, "count", COUNTING))
    assert run.passed
    assert [check.result.output for check in run.checks] == ["loaded\n"] * 3
    assert ahead == [7]  # nothing is loaded ahead for a slow check, which may not be run


def test_a_module_that_was_loaded_ahead_is_replaced_by_a_later_text(
    course: Course, lab: Any
) -> None:
    runner = runner_of(course, lab)
    wrong = COUNTING.replace("return calls", "return -calls")
    with closing(runner.slot(lab.bundle(course, "count", COUNTING))) as slot:
        assert runner.run(slot.bundle, slot=slot).passed
        slot.load_ahead(7)
        outcomes = runner.run(lab.bundle(course, "count", wrong), slot=slot).checks
        assert [c.outcome for c in outcomes] == ["failed", "failed", "not_run"]


def test_a_module_that_was_loaded_ahead_with_another_seed_is_loaded_again(
    lab: Any, ahead: list[int]
) -> None:
    drawing = "import random\nDRAWN = random.random()\n\ndef f(x):\n    return DRAWN\n"
    checks = '''
def test_draws(solution):
    """f gives the drawn number."""
    assert solution.f(0) < 0
'''
    course = lab.course({"count": {"reference": drawing, "checks": checks, "exports": ["f"]}})
    bundle = lab.bundle(course, "count", drawing)
    alone = [runner_of(course, lab, seed).run(bundle).checks[0].result.got for seed in (7, 8)]
    assert alone[0] != alone[1]
    runner = runner_of(course, lab, 7)
    with closing(runner.slot(bundle)) as slot:
        assert runner.run(bundle, slot=slot).checks[0].result.got == alone[0]
        slot.load_ahead(8)
        assert runner.run(bundle, slot=slot).checks[0].result.got == alone[0]
    assert ahead == [8]


def test_a_worker_that_ends_while_it_loads_ahead_is_replaced(course: Course, lab: Any) -> None:
    runner = runner_of(course, lab)
    bundle = lab.bundle(course, "count", COUNTING)
    with closing(runner.slot(bundle)) as slot:
        assert runner.run(bundle, slot=slot).passed
        assert slot.worker is not None
        slot.load_ahead(7)
        slot.worker.end()
        assert runner.run(bundle, slot=slot).passed
