"""What hangs on the seed is found and said with the seed; so are idle checks and cheap mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.verify.behaviour_checks import BehaviourChecks
from nnkata.verify.seed_checks import MISTAKE_SEEDS, SEEDS, SeedChecks
from nnkata.verify.verifier import Verifier, VerifyOptions, report_lines

RIGHT = "def f(x):\n    return 2 * x\n"
TRIPLES = '"""It triples."""\n\ndef f(x):\n    return 3 * x\n'
DOUBLES = '''
def test_doubles(solution, rng):
    """f doubles."""
    x = float(rng.uniform(1.0, 2.0))
    assert solution.f(x) == 2 * x
'''
LUCKY = '''
def test_lucky(solution, rng):
    """f doubles, unless a number is drawn that should have been excluded."""
    assert solution.f(1.0) == (7.0 if rng.random() >= 0.8 else 2.0)
'''
DRAWN = "\n".join(
    f'''
def test_drawn_{n}(solution, rng):
    """f doubles, but half of the numbers that are drawn cannot show it."""
    x = float(rng.integers(2))
    assert solution.f(x) == 2 * x
'''
    for n in range(6)
)
IDLE = '''
def test_same(solution):
    """f answers as it answers."""
    got = solution.f(2.0)
    assert got == got
'''


class Room:
    """Makes what verifies a kata of some checks, and ends its workers."""

    def __init__(self, lab: Any, stack: ExitStack) -> None:
        self.lab = lab
        self.stack = stack

    def assessor(self, checks: str, **more: Any) -> Assessor:
        table = {"reference": RIGHT, "exports": ["f"], "checks": checks, "mistakes": {"t": TRIPLES}}
        course = self.lab.course({"a": table | {"limits": {"seconds": 20.0}} | more})
        made: Assessor = self.lab.assessor(course, ["a"])
        return made

    def seeds(self, checks: str) -> SeedChecks:
        assessor = self.assessor(checks)
        return self.stack.enter_context(closing(SeedChecks(assessor, assessor.course.katas["a"])))

    def behaviour(self, checks: str, **more: Any) -> BehaviourChecks:
        assessor = self.assessor(checks, **more)
        kata = assessor.course.katas["a"]
        return self.stack.enter_context(closing(BehaviourChecks(assessor, kata)))


@pytest.fixture
def room(lab: Any) -> Iterator[Room]:
    with ExitStack() as stack:
        yield Room(lab, stack)


def sentences(findings: Any) -> list[str]:
    return [finding.what for finding in findings]


def test_right_solutions_run_under_twenty_seeds_and_mistakes_under_several() -> None:
    assert VerifyOptions().seeds == SEEDS >= 20
    assert MISTAKE_SEEDS >= 3


def test_a_check_that_fails_the_reference_under_some_seed_is_named_with_it(room: Room) -> None:
    checked = room.seeds(DOUBLES + LUCKY)
    (found,) = checked.right_solutions()
    seed = int(found.what.split()[2])
    assert found.what == f"under seed {seed} the check lucky does not pass"
    assert seed in checked.seeds
    assert f"kata check a --seed {seed}" in found.next_step
    course = checked.assessor.course
    assert not room.lab.verdict(course, "a", RIGHT, seed).passed
    assert sentences(room.seeds(DOUBLES).right_solutions()) == []


@pytest.mark.parametrize("checks", [DOUBLES, DOUBLES + DRAWN])
def test_a_mistake_that_passes_a_check_by_luck_is_found(checks: str, room: Room) -> None:
    drawn = room.behaviour(checks)
    list(drawn.wrong_solutions())
    known = {name: run.checks for name, run in drawn.mistake_runs.items()}
    checked = room.stack.enter_context(closing(SeedChecks(drawn.assessor, drawn.kata)))
    found = sentences(checked.marks(list(drawn.mistakes.values()), known))
    if checks == DOUBLES:
        assert found == []
    else:
        (what,) = found  # one per mistake is enough
        assert re.match(
            rf"the check drawn_\d decides by luck: it (passes|fails) t under seed "
            rf"{drawn.runner.seed}, and not under seed \d+$",
            what,
        )


def test_a_check_that_nothing_fails_is_named(room: Room) -> None:
    assert sentences(room.behaviour(DOUBLES + IDLE).idle_checks()) == [
        "no mistake and no mutant fails the check same"
    ]
    assert sentences(room.behaviour(DOUBLES).idle_checks()) == []


def test_a_central_mistake_earns_less_than_half(room: Room) -> None:
    checks = DOUBLES + IDLE
    assert sentences(room.behaviour(checks, central="t").central_mistake()) == [
        "a module with the central mistake t earns 1 of 2 points"
    ]
    checks = DOUBLES.replace("\ndef", "\n@points(2)\ndef") + IDLE
    assert sentences(room.behaviour(checks, central="t").central_mistake()) == []
    assert sentences(room.behaviour(DOUBLES).central_mistake()) == [
        "kata.toml does not name the central mistake"
    ]
    assert sentences(room.behaviour(DOUBLES, central="u").central_mistake()) == [
        "central = u is not a mistake of this kata"
    ]


def test_what_each_mistake_earns_is_shown_when_it_is_asked_for(room: Room) -> None:
    assessor = room.assessor(DOUBLES + IDLE, points=2)
    options = VerifyOptions(seeds=1, points=True)
    report = Verifier(assessor.course, assessor.checks, assessor.pool, options).verify("a")
    assert report.mistake_points == {"t": 1}
    lines: list[str] = []
    report_lines(report, lines.append)
    assert lines[1] == "    1 of 2  t"
