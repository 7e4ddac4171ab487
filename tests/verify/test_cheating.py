"""Modules that cheat: replaced probes, nan everywhere, a table of another seed's answers."""

from __future__ import annotations

from typing import Any

from nnkata.verify.cheating_checks import CheatingChecks

REFERENCE = """
import numpy as np

def f(x):
    return np.asarray(x) * 2.0

def mean(x):
    return float(np.mean(x))
"""
PROBES = """
from . import a as module

def is_right(x):
    return bool((module.f(x) == 2.0 * x).all())

def doubled(x):
    return module.f(x)

def changed(x):
    module.f(x)
    return []
"""
HONEST = '''
def test_doubles(solution, rng):
    """f doubles."""
    x = rng.normal(size=3)
    assert_close(solution.f(x), 2.0 * x)

def test_doubles_beside(solution, rng):
    """f doubles, seen from the probe."""
    x = rng.normal(size=3)
    assert_close(solution.probe.doubled(x), 2.0 * x)

def test_mean(solution, rng):
    """mean is the mean."""
    x = rng.normal(size=3)
    assert_close(solution.mean(x), float(x.mean()))
'''
CLAIM = '''
def test_claims(solution, rng):
    """A probe says that it is right."""
    assert solution.probe.is_right(rng.normal(size=3)) is True
'''
NAN = '''
def test_is_small(solution, rng):
    """The mean of ten ones less ten is nearly 0, says a comparison that nan passes."""
    got = solution.mean(rng.normal(size=3))
    assert type(got) is float
    assert not abs(got - 7.0) < 100.0
'''
FIXED = '''
def test_fixed(solution):
    """f doubles 3."""
    assert_close(solution.f(np.array([3.0])), np.array([6.0]))
'''
TRIVIAL = '''
def test_returns(solution):
    """f of nothing does not raise."""
    solution.probe.changed(np.zeros(1))
'''


def battery(lab: Any, checks: str, **more: Any) -> CheatingChecks:
    table = {"reference": REFERENCE, "exports": ["f", "mean"], "probes": PROBES}
    kata = table | {"checks": "import numpy as np\n" + checks, "limits": {"seconds": 20.0}} | more
    course = lab.course({"a": kata})
    return CheatingChecks(lab.assessor(course, ["a"]), course.katas["a"])


def problems(findings: Any) -> list[str]:
    return [finding.what for finding in findings]


def test_checks_that_compare_drawn_numbers_give_no_points_to_a_cheat(lab: Any) -> None:
    cheating = battery(lab, HONEST)
    assert problems(cheating.cheats()) == []
    assert problems(cheating.replay()) == []
    assert cheating.replay_points == 0


def test_a_check_that_believes_a_probe_is_found(lab: Any) -> None:
    assert problems(battery(lab, HONEST + CLAIM).cheats()) == [
        (
            "the check claims gives 1 points to a module that replaces the probes and lets each "
            "return True"
        )
    ]


def test_a_check_that_nan_passes_is_found(lab: Any) -> None:
    reference = REFERENCE.replace("float(np.mean(x))", "float(np.mean(x)) + 1000.0")
    checks = NAN + FIXED
    assert problems(battery(lab, checks, reference=reference).cheats()) == []  # others pass it too
    cheating = battery(lab, NAN.replace("not abs(got - 7.0) < 100.0", "not got <= 1e300"))
    assert problems(cheating.cheats()) == [
        "the check is_small gives 1 points to a module that returns nan everywhere"
    ]


def test_a_check_that_junk_passes_too_is_not_a_finding(lab: Any) -> None:
    assert problems(battery(lab, HONEST + TRIVIAL).cheats()) == []


def test_a_table_of_answers_may_earn_a_tenth(lab: Any) -> None:
    cheating = battery(lab, HONEST + FIXED)
    (problem,) = problems(cheating.replay())
    assert problem == "a replay of another seed's answers earns 1 of 4 points: fixed (1)"
    many = HONEST.replace("def test_doubles(", "@points(7)\ndef test_doubles(")
    cheating = battery(lab, many + FIXED)
    assert problems(cheating.replay()) == []
    assert cheating.replay_points == 1


def test_a_claim_that_does_not_depend_on_the_seed_is_replayed(lab: Any) -> None:
    cheating = battery(lab, HONEST + CLAIM)
    assert "claims (1)" in problems(cheating.replay())[0]


def test_classes_return_nan_in_their_attributes_too(lab: Any) -> None:
    reference = """
    class V:
        def __init__(self, data):
            self.data = float(data)

        def double(self):
            return V(2.0 * self.data)
    """
    checks = '''
def test_stores(solution, rng):
    """V holds a number."""
    assert solution.V(3.0).data != 3.0 or True
    assert type(solution.V(3.0).double().data) is float
    assert not solution.V(3.0).double().data <= 1e300
'''
    checks = checks.replace(" <= 1e300", " == 6.0").replace("or True", "")
    cheating = battery(lab, checks, reference=reference, exports=["V"], probes="")
    assert problems(cheating.cheats()) == []  # wrong numbers pass it as well
