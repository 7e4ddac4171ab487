"""Every call in a failing verdict can be pasted into `kata run`, and fails the same way there.

What was got is also seen to differ from what was expected, as text.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.checking.assessor import Assessor, failing_lines
from nnkata.checking.diagnosis import same_answers
from nnkata.checking.probe_parameters import probe_parameters
from nnkata.checking.runner import CheckRun, RunPlan
from nnkata.checking.runtime import Submission
from nnkata.checking.transcript import Place
from nnkata.course.loading import read_courses
from nnkata.course.mistakes import read_mistake
from nnkata.model import NO_TEXT, Course
from nnkata.plugins import installed_plugins
from nnkata.sandbox.child import protocol
from nnkata.training.borrowing_importer import importable_package, prompt_names
from nnkata.workspace.workspace import Workspace, create

from .conftest import spread

COURSE = read_courses(installed_plugins().course_roots())[0]["nn_from_scratch"]
STATEFUL = {
    ("perceptron-learning", "keeps-its-weights"),
    ("dense-layer", "gradients-shared-by-all-layers"),
    ("batchnorm", "numbers-shared-by-all-layers"),
    ("dense-layer", "does-not-test-the-upstream-shape"),
    ("activation-layers", "one-memory-for-all-layers"),
    ("sgd-momentum", "shared-by-all-optimizers"),
    ("adam", "shared-by-all-optimizers"),
}
"""These remember earlier calls outside of any object, or a call that raised after it had changed
something: the lines that lead to one call alone cannot show the fault."""
ROUNDING = 1e-14
"""Smaller numbers are rounding errors of a 0, which depend on where an array is in memory."""
PASTED = 6
"""How many mistakes of a kata are tried: all of them would take minutes, and a kata's mistakes fail
the same checks with calls of the same form."""
WRONG = [
    (kata.name, path.stem)
    for kata in COURSE.katas.values()
    for path in spread([p for p in kata.mistakes() if (kata.name, p.stem) not in STATEFUL], PASTED)
]


@pytest.fixture(scope="module")
def workspace(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return create(tmp_path_factory.mktemp("workspace"), course)[0]


@pytest.mark.parametrize(("name", "mistake"), WRONG, ids=[f"{k}-{m}" for k, m in WRONG])
def test_a_failing_call_gives_the_same_answer_when_it_is_pasted(
    name: str, mistake: str, course: Course, assessor: Assessor, workspace: Workspace
) -> None:
    kata = course.katas[name]
    text = read_mistake(kata, mistake).module
    workspace.path_of(kata).write_text(text, encoding="utf-8")
    bundle = assessor.bundles.build(kata, text, Submission("ada", workspace.read))
    run = assessor.runner(kata).run(bundle, RunPlan(slow_checks="never"))
    failing = [c for c in run.checks if c.outcome not in ("passed", "not_run")]
    assert failing
    for check in failing:
        _assert_difference_is_seen(check)
        if check.outcome in ("failed", "error"):
            _paste(check, course, name, workspace)


def _assert_difference_is_seen(check: CheckRun) -> None:
    """Fail where a learner reads twice the same, and no words that say what differs."""
    result = check.result
    if not result.message:
        got, expected = ("".join((text or "").split()) for text in (result.got, result.expected))
        assert got != expected, (check.info.name, result)


def _paste(check: CheckRun, course: Course, name: str, workspace: Workspace) -> None:
    assert check.link is not None
    named = probe_parameters(course.katas[name].probes)
    program = "\n".join(failing_lines(check, named))
    place = check.failing or Place(-1)
    wanted = check.link.transcript[place.index].answers[-1]
    if NO_TEXT in program:  # the check counts or records calls; such a function has no text
        return
    statements = ast.parse(program)
    kata = course.katas[name]
    raised = None
    with (
        importable_package(workspace, kata),
        contextlib.redirect_stdout(io.StringIO()),
        np.errstate(all="ignore"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")  # here they are errors, in `kata run` they are not
        scope = prompt_names(course, kata)
        try:
            value = _value_of_last(statements, scope)
        except Exception as error:
            raised = type(error).__name__
    if raised is not None:
        assert wanted[0] == "raised", (check.info.name, program, raised)
        assert raised == wanted[2], (check.info.name, program)
        return
    assert wanted[0] in ("ok", "refused"), (check.info.name, program, wanted)
    if wanted[0] == "ok":
        _compare(value, _part(wanted[1], place.part), (check.info.name, program))


def _part(node: Any, part: str) -> Any:
    """Return the part of a packed answer that subscripts such as `["dW"][0]` lead to."""
    for key in map(ast.literal_eval, re.findall(r"\[(.+?)\]", part)):
        if node[0] == "f":
            return protocol.unpack(node)[key]
        node = dict(node[1])[key] if node[0] == "d" else node[1][key]
    return node


def _value_of_last(statements: ast.Module, scope: dict[str, Any]) -> Any:
    *before, last = statements.body
    exec(compile(ast.Module(before, []), "<pasted>", "exec"), scope)
    if isinstance(last, ast.Assign):  # the last line names what came back: an object
        exec(compile(ast.Module([last], []), "<pasted>", "exec"), scope)
        return None
    if not isinstance(last, ast.Expr):
        exec(compile(ast.Module([last], []), "<pasted>", "exec"), scope)
        return None
    return eval(compile(ast.Expression(last.value), "<pasted>", "eval"), scope)


def _compare(value: Any, node: Any, where: tuple[str, str]) -> None:
    try:
        packed = protocol.pack(value)
    except protocol.UnsendableValueError:
        return  # an object of the module's own: it came back as a handle
    if value is None and type(node) is list:
        return
    if type(packed) is float and type(node) is float and max(abs(packed), abs(node)) < ROUNDING:
        return  # such as the smallest singular value of a singular matrix
    assert same_answers([[["ok", packed, []]]], [[["ok", node, []]]]), (where, value, node)


def test_a_failing_program_is_kept_and_runs(
    course: Course, assessor: Assessor, workspace: Workspace, tmp_path: Path
) -> None:
    from nnkata.workspace.failing_call import failing_program

    kata = course.katas["softmax"]
    text = read_mistake(kata, "global-max").module
    workspace.path_of(kata).write_text(text, encoding="utf-8")
    verdict = assessor.assess(kata, Submission("ada", workspace.read))
    failing = next(o for o in verdict.outcomes if o.outcome == "failed")
    program = tmp_path / "program.py"
    program.write_text(failing_program(course, kata, failing), encoding="utf-8")
    printed = io.StringIO()
    with (
        importable_package(workspace, kata),
        contextlib.redirect_stdout(printed),
        np.errstate(all="ignore"),
    ):
        exec(compile(program.read_text(encoding="utf-8"), str(program), "exec"), {})
    assert "nan" in printed.getvalue()
