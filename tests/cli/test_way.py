"""The way of a learner: names that people try, files in the wrong place, calls that are pasted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake

KATA = str(Path(sys.executable).with_name("kata"))
COURSE = pick_course()[0]
SOFTMAX = COURSE.katas["softmax"]
RIGHT = (SOFTMAX.folder / "variants" / "row-by-row.py").read_text(encoding="utf-8")
WRONG = read_mistake(SOFTMAX, "global-max").module


class Room:
    """A workspace, and `kata` in it."""

    def __init__(self, lab: Any, root: Path) -> None:
        self.lab = lab
        self.root = root / "my-network"
        assert self.kata("init", "my-network", cwd=root).returncode == 0
        self.module = self.root / "mynn" / SOFTMAX.module

    def kata(
        self, *arguments: str, cwd: Path | None = None, **more: Any
    ) -> subprocess.CompletedProcess[str]:
        done: subprocess.CompletedProcess[str] = self.lab.kata(
            *arguments, cwd=cwd or self.root, **more
        )
        return done


@pytest.fixture
def room(lab: Any, tmp_path: Path) -> Room:
    return Room(lab, tmp_path)


def test_a_kata_can_be_named_by_the_path_of_its_module(room: Room) -> None:
    for name in ("softmax", SOFTMAX.module, f"mynn/{SOFTMAX.module}", str(room.module)):
        assert "A softmax" in room.kata("show", name).stdout, name
    assert room.kata("show", "/elsewhere/softmax.py").returncode == 2


def test_a_kata_can_be_named_by_the_file_of_its_module_from_anywhere(room: Room) -> None:
    package = room.module.parents[1]
    for folder, name in (
        (room.root, "softmax.py"),
        (package, "softmax.py"),
        (package, "forward/softmax.py"),
        (room.module.parent, "softmax.py"),
        (room.module.parent, "./softmax.py"),
        (package / "autograd", "../forward/softmax.py"),
    ):
        assert "A softmax" in room.kata("show", name, cwd=folder).stdout, (folder, name)
    in_autograd = room.kata("show", "backward.py", cwd=package / "autograd")
    assert in_autograd.stdout == room.kata("show", "value-backward").stdout


def test_a_file_name_that_several_modules_have_is_refused_with_their_katas(room: Room) -> None:
    done = room.kata("show", "backward.py")
    assert done.returncode == 2
    assert "several katas have a module like `backward.py`" in done.stderr
    assert "name the kata: value-backward, conv2d-backward, attention-backward" in done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "softmax (1).py", "softmax_copy.py", "softmax copy 2.py", "softmax - Kopie (2).py",
        "softmax - 副本.py", "softmax 2.py", "softmax.py.bak", "softmax.py~",
    ],
)  # fmt: skip
def test_a_copy_of_a_module_is_said_to_be_one(name: str, room: Room) -> None:
    copy = room.module.with_name(name)
    copy.write_text(RIGHT, encoding="utf-8")
    for folder, written in (
        (room.module.parent, name),
        (room.root, str(copy.relative_to(room.root))),
        (room.root, str(copy)),
        (room.root, name),
    ):
        done = room.kata("check", written, cwd=folder)
        assert done.returncode == 2
        message = " ".join(done.stderr.split())
        assert "is a copy: the module of softmax is mynn/forward/softmax.py" in message
        assert message.endswith("or name the kata: softmax")


@pytest.mark.parametrize("name", ["softmax.py", "Softmax.py", "softmax.py.txt"])
def test_a_module_in_another_place_is_not_the_module(name: str, room: Room) -> None:
    (room.root / name).write_text(RIGHT, encoding="utf-8")
    done = room.kata("check", name)
    assert done.returncode == 2
    assert f"{name} is another file: the module of softmax is" in " ".join(done.stderr.split())


def test_a_misspelt_file_gets_the_nearest_kata(room: Room) -> None:
    assert "did you mean softmax?" in room.kata("check", "mynn/forward/softmx.py").stderr


def test_kata_test_is_kata_check(room: Room) -> None:
    room.module.write_text(RIGHT, encoding="utf-8")
    assert "17 of 17 checks pass" in room.kata("test", "softmax").stdout


def test_solution_without_a_name_is_the_kata_that_passed_last(room: Room) -> None:
    done = room.kata("solution")
    assert done.returncode == 2
    assert "no kata has passed yet" in done.stderr
    room.module.write_text(RIGHT, encoding="utf-8")
    assert room.kata("check", "softmax").returncode == 0
    assert "def logsumexp" in room.kata("solution").stdout


def test_restore_takes_the_name_of_a_kata(room: Room) -> None:
    done = room.kata("restore", "softmax")
    assert done.returncode == 2
    assert "it has not passed, and nothing has overwritten it" in " ".join(done.stderr.split())
    room.module.write_text(RIGHT, encoding="utf-8")
    assert room.kata("reset", "softmax").returncode == 0
    assert room.module.read_text(encoding="utf-8") != RIGHT
    assert "restored mynn/forward/softmax.py" in room.kata("restore", "softmax").stdout
    assert room.module.read_text(encoding="utf-8") == RIGHT
    assert room.kata("restore", "99").returncode == 2


def test_a_module_that_passed_can_be_restored_after_it_is_deleted(room: Room) -> None:
    room.module.write_text(RIGHT, encoding="utf-8")
    for _ in range(2):
        assert room.kata("check", "softmax").returncode == 0
    listed = room.kata("restore").stdout
    assert listed.count("passed: mynn/forward/softmax.py") == 1
    room.module.unlink()
    gone = room.kata("check", "softmax").stdout
    assert gone.endswith("→ kata restore softmax brings back your latest stored version\n")
    assert room.kata("restore", "softmax").stdout == "restored mynn/forward/softmax.py\n"
    assert room.module.read_text(encoding="utf-8") == RIGHT
    assert f"1 of {len(COURSE.katas)}" in room.kata("list").stdout
    done = room.kata("restore", "softmax")
    assert done.returncode == 2
    assert "is the same as its only stored version" in " ".join(done.stderr.split())


def test_above_a_workspace_the_workspace_is_named(room: Room) -> None:
    done = room.kata("next", cwd=room.root.parent)
    assert done.returncode == 2
    assert "→ cd my-network" in done.stderr


def test_a_workspace_is_made_neither_inside_another_one_nor_around_one(room: Room) -> None:
    inside = room.kata("init", cwd=room.root / "mynn")
    assert (inside.returncode, "is inside the workspace" in inside.stderr) == (2, True)
    around = room.kata("init", cwd=room.root.parent)
    assert (around.returncode, "contains the workspace my-network" in around.stderr) == (2, True)
    assert room.kata("init", str(room.root)).returncode == 0
    assert room.kata("init", "another", cwd=room.root.parent).returncode == 0


def test_git_leaves_the_engines_own_files_alone(room: Room) -> None:
    assert (room.root / ".kata" / ".gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize(
    "name", ["softmax (1).py", "softmax.py.txt", "Softmax.py", "softmax copy.py"]
)
def test_a_file_with_nearly_the_right_name_is_named(room: Room, name: str) -> None:
    (room.module.parent / name).write_text(RIGHT, encoding="utf-8")
    assert f"{name} is in the same folder: if that is your module, rename it to" in " ".join(
        room.kata("check", "softmax").stdout.split()
    )
    room.module.unlink()
    assert f"{name} is in the same folder" in " ".join(room.kata("check", "softmax").stdout.split())


def test_a_module_that_was_deleted_after_its_pass_is_not_yours(room: Room) -> None:
    room.module.write_text(RIGHT, encoding="utf-8")
    room.kata("check", "softmax")
    assert f"1 of {len(COURSE.katas)}" in room.kata("list").stdout
    room.module.unlink()
    states = {
        k["kata"]: k["state"] for k in json.loads(room.kata("list", "--json").stdout)["katas"]
    }
    assert states["softmax"] != "passed"
    assert f"0 of {len(COURSE.katas)}" in room.kata("next").stdout


def test_a_failing_call_can_be_pasted_as_it_is_shown(room: Room) -> None:
    room.module.write_text(WRONG, encoding="utf-8")
    shown = room.kata("check", "softmax").stdout
    lines = shown.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("    softmax("))
    call = "\n".join(lines[start : lines.index("", start)])
    assert call.startswith("    ")
    pasted = subprocess.run(
        [KATA, "run", "--kata", "softmax"],
        cwd=room.root, input=call + "\n", capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert pasted.returncode == 0, pasted.stderr
    assert "nan" in pasted.stdout
    assert "0.66524096" in pasted.stdout
    assert "nan" in room.kata("run", "softmax").stdout, "the kata's own failing call"


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_run_with_an_empty_standard_input_says_what_it_expects(text: str, room: Room) -> None:
    done = subprocess.run(
        [KATA, "run", "value"], cwd=room.root, input=text, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    expected = "Nothing to run: give a FILE, or lines of Python on standard input.\n"
    assert done.stdout == expected


def test_a_pasted_call_that_raises_shows_its_own_frames_only(room: Room) -> None:
    for call, error in (("1 / 0\nprint('after')", "ZeroDivisionError"), ("f(", "SyntaxError")):
        pasted = subprocess.run(
            [KATA, "run", "--kata", "softmax"],
            cwd=room.root, input=call, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert pasted.returncode == 1
        assert error in pasted.stderr
        for word in ("runpy", "nnkata", "click"):
            assert word not in pasted.stderr, pasted.stderr


def test_a_program_that_raises_shows_its_own_frames_only(room: Room, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text("def f():\n    return 1 / 0\n\n\nf()\n", encoding="utf-8")
    done = room.kata("run", str(program))
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert "line 2, in f" in done.stderr
    for frame in ("runpy", "nnkata", "frozen", "click"):
        assert frame not in done.stderr, done.stderr


def test_a_failing_call_runs_with_the_module_that_failed(room: Room) -> None:
    """Another kata may be the current one meanwhile, because its module was saved later."""
    room.module.write_text(WRONG, encoding="utf-8")
    assert room.kata("check", "softmax").returncode == 1
    later = room.module.parent.parent / "perceptron" / "step.py"
    later.write_text(later.read_text(encoding="utf-8") + "\n# begun\n", encoding="utf-8")
    shown = room.kata("run", "softmax").stdout
    assert shown
    assert room.kata("run", ".kata/failing/softmax.py").stdout == shown


def test_reset_promises_nothing_where_there_was_no_file(room: Room) -> None:
    assert "kata restore brings back" in room.kata("reset", "softmax").stdout
    room.module.unlink()
    assert "kata restore" not in room.kata("reset", "softmax").stdout
    assert room.module.is_file()
