"""The network always runs: borrowed, partly the learner's, and at the end without us."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy
import pytest

from nnkata.model import Course
from nnkata.workspace.workspace import Workspace, create

KATA = [str(Path(sys.executable).parent / "kata")]


@pytest.fixture
def workspace(course: Course, tmp_path: Path) -> Workspace:
    return create(tmp_path / "nn", course)[0]


def solve(workspace: Workspace, name: str) -> None:
    kata = workspace.course.katas[name]
    workspace.path_of(kata).write_bytes(kata.reference.read_bytes())
    workspace.progress.record_pass(name, "", "", 0)


def train(workspace: Workspace) -> str:
    done = subprocess.run(
        [*KATA, "train"], cwd=workspace.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_network_runs_from_the_first_day_and_says_what_is_borrowed(
    workspace: Workspace,
) -> None:
    text = train(workspace)
    names = list(workspace.course.katas)
    assert f"0 of {len(names)} modules of the network are yours" in text
    assert f"borrowed: {names[0]}" in text


def accuracy(text: str) -> float:
    return float(text.partition("accuracy on images it has not seen: ")[2].partition("%")[0])


def test_the_faulty_program_runs_until_it_is_repaired(workspace: Workspace) -> None:
    before = train(workspace)
    assert "faulty until you repair it: two-layer-net" in before
    assert "NOT the same network" in before
    assert 8.0 <= accuracy(before) <= 12.0
    assert "with right modules, which you will write: 9" in before
    solve(workspace, "two-layer-net")
    after = train(workspace)
    assert "two-layer-net" not in after.partition("faulty until you repair it: ")[2].split("\n")[0]
    assert "before the repair" not in after
    assert ", the same network" in after
    assert accuracy(after) > 96.0


def test_each_solved_module_of_a_stage_is_counted(workspace: Workspace) -> None:
    used = {"XOR on scalars": "gradient-descent", "handwritten digits": "digits-training"}
    solve(workspace, "two-layer-net")
    for done, name in enumerate(["value", "softmax", "he-init"]):
        solve(workspace, name)
        own = {*["two-layer-net", "value", "softmax", "he-init"][: done + 2]}
        text = train(workspace)
        for title, last in used.items():
            needs = {last, *workspace.course.all_needs(last)}
            (line,) = [one for one in text.splitlines() if one.startswith(f"  {title} ")]
            assert line.endswith(f"{len(own & needs):2d} of {len(needs):2d} modules are yours")


def test_a_sabotaged_module_of_the_learners_changes_its_numbers(workspace: Workspace) -> None:
    solve(workspace, "two-layer-net")
    before = train(workspace)
    solve(workspace, "he-init")
    with_mine = train(workspace)
    assert "yours: he-init" in with_mine
    start = "XOR on scalars, "
    assert with_mine.partition(start)[2] == before.partition(start)[2]
    module = workspace.path_of(workspace.course.katas["he-init"])
    module.write_text(module.read_text(encoding="utf-8").replace("2 / fan_in)", "9 / fan_in)"))
    assert "9 / fan_in)" in module.read_text(encoding="utf-8")
    sabotaged = train(workspace)
    assert sabotaged.partition(start)[2] != before.partition(start)[2]


def test_an_edited_module_that_never_passed_changes_nothing(workspace: Workspace) -> None:
    before = train(workspace)
    workspace.path_of(workspace.course.katas["softmax"]).write_text("broken = (\n")
    assert train(workspace) == before


def test_the_solved_network_runs_with_numpy_and_nothing_of_ours(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name in workspace.course.katas:
        solve(workspace, name)
    home = Path(numpy.__file__).parents[1]
    only_numpy = tmp_path / "only"
    only_numpy.mkdir()
    for name in ("numpy", "numpy.libs"):
        if (home / name).is_dir():
            (only_numpy / name).symlink_to(home / name)
    program = (
        "import runpy, sys\n"
        "runpy.run_module('mynn', run_name='__main__', alter_sys=True)\n"
        "ours = [n for n in sys.modules if n.split('.')[0] in ('nnkata', 'refnn', 'pytest')]\n"
        "assert not ours, ours\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=workspace.root,
        env={"PYTHONPATH": str(only_numpy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "accuracy on images it has not seen: 9" in done.stdout
