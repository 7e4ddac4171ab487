"""The screens that are kept: what a learner has done so far, and the command that they type."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from nnkata.course.hashes import checks_sha256
from nnkata.course.loading import read_courses
from nnkata.course.mistakes import read_mistake
from nnkata.model import Course, Diagnosis, Outcome, Verdict
from nnkata.plugins import installed_plugins
from nnkata.workspace.workspace import Workspace, create

PACK = Path(__file__).parents[1] / "packs" / "impatient"
"""A course whose checks wait for one second, as it would be installed."""


class Scenario(NamedTuple):
    """What was typed, in which state of a workspace, and the code that it should end with."""

    typed: str
    state: Callable[[Workspace], None]
    code: int = 0
    course: str = "nn_from_scratch"
    code_lines: str = "(?!)"
    """A pattern of lines that are code, and are left whole on any terminal."""


@cache
def courses() -> dict[str, Course]:
    """Return our course and the impatient one."""
    roots = [*installed_plugins().course_roots(), ("impatient", PACK / "impatient")]
    with mock.patch.object(sys, "path", [*sys.path, str(PACK)]):
        found, broken = read_courses(roots)
    assert not broken, broken
    return found


def workspace(scenario: Scenario, root: Path) -> None:
    """Make a scenario's workspace."""
    made, _ = create(root, courses()[scenario.course])
    scenario.state(made)
    made.progress.db.close()


def fresh(workspace: Workspace) -> None:
    """Leave the workspace as `kata init` makes it."""


def solve(workspace: Workspace, *names: str) -> None:
    """Let katas have passed, with the reference's text."""
    for name in names:
        kata = workspace.course.katas[name]
        workspace.path_of(kata).write_bytes(kata.reference.read_bytes())
        workspace.progress.record_pass(name, workspace.sha_of(kata), checks_sha256(kata), 0)


def solved(*names: str) -> Callable[[Workspace], None]:
    """Return a state in which katas are solved."""
    return lambda workspace: solve(workspace, *names)


def all_solved(workspace: Workspace) -> None:
    """Let every kata be solved."""
    solve(workspace, *workspace.course.katas)


def wrong(kata: str, mistake: str, *before: str) -> Callable[[Workspace], None]:
    """Return a state in which a module makes a known mistake, after others were solved."""

    def state(workspace: Workspace) -> None:
        solve(workspace, *before)
        _make(workspace, kata, mistake)

    return state


def _make(workspace: Workspace, name: str, mistake: str) -> None:
    kata = workspace.course.katas[name]
    wrong = read_mistake(kata, mistake).module
    workspace.path_of(kata).write_text(wrong, encoding="utf-8")


def written_as_reference(name: str) -> Callable[[Workspace], None]:
    """Return a state in which a module is right, and was not checked yet."""

    def state(workspace: Workspace) -> None:
        kata = workspace.course.katas[name]
        workspace.path_of(kata).write_bytes(kata.reference.read_bytes())

    return state


def edited(name: str, old: str, new: str, *before: str) -> Callable[[Workspace], None]:
    """Return a state in which a module is the reference's with one change."""

    def state(workspace: Workspace) -> None:
        solve(workspace, *before)
        kata = workspace.course.katas[name]
        text = kata.reference.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {kata.reference}"
        workspace.path_of(kata).write_text(text.replace(old, new), encoding="utf-8")

    return state


def written(name: str, text: str) -> Callable[[Workspace], None]:
    """Return a state in which a module has that text."""

    def state(workspace: Workspace) -> None:
        workspace.path_of(workspace.course.katas[name]).write_text(text, encoding="utf-8")

    return state


def blamed(workspace: Workspace) -> None:
    """Let a prerequisite be broken after it had passed."""
    course = workspace.course
    solve(workspace, *course.all_needs("two-layer-net"))
    two_layer = course.katas["two-layer-net"]
    workspace.path_of(two_layer).write_bytes(two_layer.reference.read_bytes())
    _make(workspace, "softmax", "global-max")


def midway(workspace: Workspace) -> None:
    """Let two katas be solved, and one changed since."""
    solve(workspace, "numerical-gradient", "value")
    with workspace.path_of(workspace.course.katas["value"]).open("a", encoding="utf-8") as module:
        module.write("\n# A second thought.\n")


def missing(workspace: Workspace) -> None:
    """Let a module's file be gone."""
    workspace.path_of(workspace.course.katas["softmax"]).unlink()


def hinted(times: int) -> Callable[[Workspace], None]:
    """Return a state in which so many hints were read, and the module changed after each."""

    def state(workspace: Workspace) -> None:
        for level in range(times):
            workspace.progress.record_hint("softmax", level + 1, "an earlier text")

    return state


def diagnosed(workspace: Workspace) -> None:
    """Let the last check have named a mistake."""
    _make(workspace, "softmax", "global-max")
    kata, check = workspace.course.katas["softmax"], "treats_each_row_alone"
    verdict = Verdict(
        submission="me", kata="softmax", module=kata.module, passed=False, points=12, max_points=17,
        outcomes=[Outcome(check=check, sentence="Each row is treated alone.", outcome="failed")],
        diagnoses=[Diagnosis("global-max", "One maximum for all.", 1, [check])],
        sha256={"module": workspace.sha_of(kata), "checks": ""},
    )  # fmt: skip
    workspace.remember(kata, verdict)


ENDLESS = """\
def countdown(start, step):
    last = start
    while last != 0: last -= step
    return list(range(start, last - 1, -step))
"""
"""Its loop stands in one line, so that the line of the hang is always the same."""
ABORTS = """\
import os


def countdown(start, step):
    if start % step:
        os.abort()
    return list(range(start, -1, -step))
"""
RAISES = """\
import numpy as np


def softmax(z, axis=-1):
    e = np.exp(z - highest(z, axis))
    return e / e.sum(axis=axis, keepdims=True)


def highest(z, axis):
    print("highest of", z)
    return z.maximum(axis=axis, keepdims=True)


def log_softmax(z, axis=-1):
    return np.log(softmax(z, axis))


def logsumexp(z, axis=-1, keepdims=False):
    raise NotImplementedError("kata softmax: logsumexp is yours to write")
"""
SYNTAX = """\
import numpy as np


def softmax(z, axis=-1)
    return np.exp(z) / np.exp(z).sum(axis=axis, keepdims=True)
"""

SCENARIOS = {
    "next": Scenario("kata next", fresh),
    "next-midway": Scenario("kata next", midway),
    "next-borrowing": Scenario("kata next", written("two-layer-net", "# begun\n")),
    "next-all-solved": Scenario("kata next", all_solved),
    "check-passed": Scenario("kata check softmax", written_as_reference("softmax")),
    "check-failed": Scenario("kata check softmax", wrong("softmax", "global-max"), 1),
    "check-failed-far": Scenario("kata check value", wrong("value", "overwrites-gradient"), 1),
    "check-error": Scenario(
        "kata check softmax", written("softmax", RAISES), 1, code_lines=r"    softmax\(np| {22}\["
    ),
    "check-timeout": Scenario("kata check", written("countdown", ENDLESS), 1, "impatient"),
    "check-crash": Scenario("kata check", written("countdown", ABORTS), 1, "impatient"),
    "check-syntax-error": Scenario("kata check softmax", written("softmax", SYNTAX), 1),
    "check-missing": Scenario("kata check softmax", missing, 1),
    "check-not-written": Scenario("kata check", fresh, 1),
    "check-all-solved": Scenario("kata check", all_solved, 2),
    "check-recheck": Scenario("kata check", midway),
    "check-blame": Scenario("kata check two-layer-net", blamed, 1),
    "check-several": Scenario("kata check value softmax he-init", solved("softmax"), 1),
    "check-repair": Scenario("kata check two-layer-net", fresh, 1),
    "hint": Scenario("kata hint softmax", hinted(0)),
    "hint-last": Scenario("kata hint softmax", hinted(2)),
    "hint-diagnosed": Scenario("kata hint softmax", diagnosed),
    "list": Scenario("kata list", fresh),
    "list-midway": Scenario("kata list", midway),
    "list-all-solved": Scenario("kata list", all_solved),
    "show": Scenario("kata show mlp-class", fresh, code_lines=r"    MLP\("),
    "show-table": Scenario("kata show he-init", fresh),
    "doctor": Scenario("kata doctor", fresh),
    "help": Scenario("kata --help", fresh),
    "help-check": Scenario("kata check --help", fresh),
    "unknown-kata": Scenario("kata check sofmax", fresh, 2),
    "unknown-reporter": Scenario("kata check softmax --report tap", fresh, 2),
    "solution-not-yet": Scenario("kata solution softmax", fresh, 2),
    "reset": Scenario("kata reset softmax", solved("softmax")),
}


def arguments(scenario: Scenario) -> Iterator[str]:
    """Return what was typed behind `kata`."""
    words = scenario.typed.split()
    assert words[0] == "kata"
    return iter(words[1:])
