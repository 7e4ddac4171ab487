"""The whole course as a learner walks it: stubs, one solution after the other, all of them."""

from __future__ import annotations

import ast
import io
import random
from pathlib import Path

import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.repair import stage_causes
from nnkata.checking.runtime import Submission
from nnkata.course.loading import read_courses
from nnkata.course.mistakes import read_mistake
from nnkata.model import Course, Kata, Verdict
from nnkata.plugins import installed_plugins
from nnkata.reporters.terminal import FIRST_FAILURE_LINES, Detail, write_verdict
from nnkata.text.layout import FileWriter
from nnkata.workspace.workspace import Workspace, create

NAMES = list(read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"].katas)


@pytest.fixture
def workspace(course: Course, tmp_path: Path) -> Workspace:
    return create(tmp_path, course)[0]


def solve(workspace: Workspace, kata: Kata) -> None:
    workspace.path_of(kata).write_bytes(kata.reference.read_bytes())


def assert_first_symptom_is_seen(verdict: Verdict) -> None:
    """Fail unless the call that failed, and what it gave, are on one screen of 80 columns."""
    out = io.StringIO()
    write_verdict(FileWriter(out, 80), verdict, Detail("failing.py", "mynn"))
    text = out.getvalue()
    lines = sum(max(1, -(-len(line) // 80)) for line in text.splitlines())
    assert lines <= FIRST_FAILURE_LINES, text
    first = verdict.failures[0]
    failed = ast.unparse(ast.parse(first.call or "").body[-1]).partition("(")[0]
    assert f"    {failed}(" in text
    assert f"got       {first.got}" in text


@pytest.mark.parametrize("name", NAMES)
def test_a_fresh_stub_fails_with_a_sentence_that_a_beginner_understands(
    name: str, course: Course, assessor: Assessor, workspace: Workspace
) -> None:
    kata = course.katas[name]
    verdict = assessor.assess(kata, Submission("ada", workspace.read))
    assert not verdict.passed
    assert verdict.points == 0
    if kata.file.repair:
        assert {d.mistake for d in verdict.diagnoses} == set(kata.file.faults)
        assert_first_symptom_is_seen(stage_causes(kata, kata.stub.read_text("utf-8"), verdict))
        return
    ran = [o for o in verdict.outcomes if o.outcome != "not_run"]
    assert ran
    for outcome in ran:
        assert outcome.raised == "NotImplementedError", (outcome.check, outcome.message)
        assert outcome.message is not None
        assert name in outcome.message


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_passes_with_only_its_needs_solved(
    name: str, course: Course, assessor: Assessor, workspace: Workspace
) -> None:
    needed = course.all_needs(name)
    for one in (*needed, name):
        solve(workspace, course.katas[one])
    verdict = assessor.assess(
        course.katas[name],
        Submission("ada", workspace.read, frozenset(needed)),
        slow_checks="never",
    )
    assert [o.check for o in verdict.outcomes if o.outcome not in ("passed", "not_run")] == []
    assert verdict.borrowed == []
    assert all(o.slow for o in verdict.outcomes if o.outcome == "not_run")


FIRST_BEYOND = NAMES.index("conv2d-forward")


@pytest.mark.parametrize("draw", range(3))
def test_the_beyond_can_be_taken_in_any_order_that_the_needs_allow(
    draw: int, course: Course, assessor: Assessor, workspace: Workspace
) -> None:
    """Each kata opens as soon as its needs are solved, and its module is then built of them only.

    Every order solves all needs of a kata before it. What a kata is checked with is the same in all
    orders, so that its reference passes is proven once, by the test with only its needs solved.
    Here, in some drawn orders, no kata waits for anything but its needs, each one is checked with
    exactly the learner's modules that the needs name, and the checks are run for a few of them.
    """
    rng = random.Random(draw)
    solved = set(NAMES[:FIRST_BEYOND])
    for name in solved:
        solve(workspace, course.katas[name])
    left = NAMES[FIRST_BEYOND:]
    run = set(rng.sample(left, 3))
    while left:
        open_now = [name for name in left if solved.issuperset(course.all_needs(name))]
        assert open_now, f"nothing can be solved next: {left}"
        name = rng.choice(open_now)
        kata = course.katas[name]
        solve(workspace, kata)
        submission = Submission("ada", workspace.read, frozenset(solved))
        text = kata.reference.read_text(encoding="utf-8")
        assert workspace.read(kata.module) == text
        bundle = assessor.bundles.build(kata, text, submission)
        assert bundle.borrowed == []
        assert set(bundle.own) == {course.katas[n].module for n in (*course.all_needs(name), name)}
        assert set(bundle.texts) == {*bundle.own, *(p for p in course.given if p.endswith(".py"))}
        if name in run:
            verdict = assessor.assess(kata, submission, slow_checks="never")
            assert verdict.borrowed == []
            assert {o.outcome for o in verdict.outcomes if not o.slow} == {"passed"}
        workspace.progress.record_pass(name, "", "", 0)
        solved.add(name)
        left.remove(name)
    assert solved == set(NAMES)


def test_everything_passes_when_everything_is_solved(
    course: Course, assessor: Assessor, workspace: Workspace
) -> None:
    for kata in course.katas.values():
        solve(workspace, kata)
    everything = Submission("ada", workspace.read, frozenset(course.katas))
    for kata in course.katas.values():
        verdict = assessor.assess(kata, everything)
        assert verdict.passed, (kata.name, [o for o in verdict.outcomes if o.outcome != "passed"])
        assert verdict.points == verdict.max_points == kata.file.points
        workspace.progress.record_pass(
            kata.name, verdict.sha256["module"], verdict.sha256["checks"], 0
        )
    assert workspace.current() is None
    assert set(workspace.states().values()) == {"passed"}


@pytest.mark.parametrize(
    ("name", "broken", "mistake"),
    [
        ("two-layer-net", "softmax", "global-max"),
        ("digits-training", "two-layer-net", "no-hidden-slope"),
        ("gradient-descent", "mlp-class", None),
    ],
)
def test_a_broken_prerequisite_is_blamed_and_not_the_kata(
    name: str, broken: str, mistake: str | None,
    course: Course, assessor: Assessor, workspace: Workspace,
) -> None:  # fmt: skip
    """Without a mistake, the stub is put back after the kata had passed."""
    for one in (*course.all_needs(name), name):
        solve(workspace, course.katas[one])
    kata = course.katas[broken]
    wrong = read_mistake(kata, mistake).module if mistake else kata.stub.read_text("utf-8")
    workspace.path_of(kata).write_text(wrong, encoding="utf-8")
    solved = frozenset(course.all_needs(name))
    verdict = assessor.assess(course.katas[name], Submission("ada", workspace.read, solved))
    assert not verdict.passed
    assert verdict.blame == broken
    assert verdict.diagnoses == []


def test_a_cause_is_not_shown_under_what_a_broken_prerequisite_fails(
    course: Course, assessor: Assessor, workspace: Workspace
) -> None:
    value, sort = course.katas["value"], course.katas["topological-sort"]
    text = value.reference.read_text(encoding="utf-8").replace("self.parents", "self._prev")
    workspace.path_of(value).write_text(text, encoding="utf-8")
    wrong = read_mistake(sort, "children-first").module
    workspace.path_of(sort).write_text(wrong, encoding="utf-8")
    verdict = assessor.assess(sort, Submission("ada", workspace.read, frozenset(["value"])))
    (cause,) = verdict.diagnoses
    assert cause.mistake == "children-first"
    explained = {o.check for o in verdict.failures if cause.explains(o)}
    of_value = {o.check for o in verdict.failures if o.raised == "AttributeError"}
    assert explained
    assert of_value
    assert explained.isdisjoint(of_value)
