"""The network always runs: borrowed, partly the learner's, and at the end without us."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from tests.test_readme import loaded

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
    assert "That is expected here: two-layer-net has faults until you repair it." in before
    assert "NOT" not in before
    assert all(len(line) <= 80 for line in before.splitlines())
    assert 8.0 <= accuracy(before) <= 12.0
    assert "with correct modules, which you will write: 9" in before
    solve(workspace, "two-layer-net")
    after = train(workspace)
    assert "two-layer-net" not in after.partition("faulty until you repair it: ")[2].split("\n")[0]
    assert "before the repair" not in after
    assert ": the same network" in after
    assert "They should be equal" not in after
    assert all(len(line) <= 80 for line in after.splitlines())
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


@pytest.fixture
def solved(workspace: Workspace, tmp_path: Path) -> Callable[[str], str]:
    """Solve all katas; return what runs a program with numpy and the learner's package only."""
    for name in workspace.course.katas:
        solve(workspace, name)
    home = Path(numpy.__file__).parents[1]
    only_numpy = tmp_path / "only"
    only_numpy.mkdir()
    for name in ("numpy", "numpy.libs"):
        if (home / name).is_dir():
            (only_numpy / name).symlink_to(home / name)

    def run(program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-S", "-c", GUARD + program],
            cwd=workspace.root,
            env={"PYTHONPATH": str(only_numpy)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


GUARD = """
import sys
OURS = {"nnkata", "nn_from_scratch", "refnn", "pytest"}
class Guard:
    def find_spec(self, name, path=None, target=None):
        assert name.partition(".")[0] not in OURS, name
sys.meta_path.insert(0, Guard())
"""
"""The start of a program that may import nothing of ours."""


def test_the_solved_network_runs_with_numpy_and_nothing_of_ours(
    solved: Callable[[str], str],
) -> None:
    text = solved("import runpy\nrunpy.run_module('mynn', run_name='__main__', alter_sys=True)\n")
    assert "accuracy on images it has not seen: 9" in text


def test_the_guard_sees_an_import_of_ours(solved: Callable[[str], str]) -> None:
    with pytest.raises(AssertionError, match="refnn"):
        solved("import refnn.digits.capstone\n")


CAPSTONE = """
import numpy as np
from mynn.digits.capstone import build_model, train_model
from mynn.digits.data import frozen_split
result = train_model(frozen_split(), np.random.default_rng(0), epochs=5)
ours = {name.partition(".")[0] for name in sys.modules} & OURS
assert not ours, ours
parts = [build_model, result.model, *result.model.layers]
where = {getattr(part, "__module__", "").partition(".")[0] for part in parts}
assert where == {"mynn"}, where
print(len(result.history["loss"]), result.accuracy)
"""


def test_the_learners_package_alone_trains_the_capstone(solved: Callable[[str], str]) -> None:
    epochs, share = solved(CAPSTONE).split()
    assert epochs == "5"
    assert float(share) >= 0.95


def test_the_learners_package_alone_runs_the_program_of_the_guide(
    solved: Callable[[str], str],
) -> None:
    blocks = loaded()
    page = blocks.ROOT / "docs" / "reference" / "refnn.md"
    program = blocks.commands(blocks.lines_of(page))[0].text.partition("\n")[2]
    program = program.removesuffix("\nEND").replace("from refnn.", "from mynn.")
    share = solved(program).partition("accuracy on 1000 new samples: ")[2].partition("%")[0]
    assert float(share) == pytest.approx(93.5, abs=1.5)
