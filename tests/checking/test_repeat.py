"""The same module gets the same verdict, however often and in whatever order its checks run."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.pytest_session import Checks
from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake
from nnkata.model import Verdict

MODULES = ["reference", "global-max", "no-shift"]


@pytest.fixture(scope="module")
def assessor(shared_pool: Any, tmp_path_factory: pytest.TempPathFactory) -> Assessor:
    course, _ = pick_course("nn_from_scratch")
    checks = Checks([course.katas["softmax"]])
    return Assessor(course, checks, shared_pool(), tmp_path_factory.mktemp("cache"))


def told(assessor: Assessor, which: str, seed: int | None = None) -> dict[str, Any]:
    """Return a verdict as JSON, its outcomes by check and without their times.

    Checks that share a diagnosis are sorted, since they are listed in the order of the run.
    """
    from nnkata.checking.runtime import Submission

    kata = assessor.course.katas["softmax"]
    if which == "reference":
        text = kata.reference.read_text(encoding="utf-8")
    else:
        text = read_mistake(kata, which).module
    verdict: Verdict = assessor.assess(kata, Submission("ada", lambda _: text), seed)
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(verdict))
    found["outcomes"] = {o["check"]: o | {"seconds": 0} for o in found["outcomes"]}
    for diagnosis in found["diagnoses"]:
        diagnosis["checks"].sort()
    return found


@pytest.mark.parametrize("which", MODULES)
def test_twenty_runs_in_twenty_orders_give_one_verdict(assessor: Assessor, which: str) -> None:
    items = assessor.checks.items["softmax"]
    kept = list(items)
    first = told(assessor, which)
    assert first["passed"] is (which == "reference")
    assert [d["mistake"] for d in first["diagnoses"]] == ([] if first["passed"] else [which])
    try:
        for number in range(19):
            random.Random(number).shuffle(items)
            assert told(assessor, which) == first
    finally:
        items[:] = kept


def test_another_seed_gives_other_inputs_and_the_same_judgement(assessor: Assessor) -> None:
    for which in MODULES:
        one, other = told(assessor, which, 1), told(assessor, which, 2)
        assert one["passed"] == other["passed"]
        assert one["diagnoses"] == other["diagnoses"]
        assert {c: o["outcome"] for c, o in one["outcomes"].items()} == {
            c: o["outcome"] for c, o in other["outcomes"].items()
        }
    wrong = [told(assessor, "no-shift", seed)["outcomes"] for seed in (1, 2)]
    calls = [[o["call"] for o in outcomes.values() if o["call"]] for outcomes in wrong]
    assert calls[0]
