"""Where a command runs is never the learner's fault: closed streams, full disks, Ctrl-C."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from nnkata.cli.context import pick_course
from nnkata.export.targets import render_template

KATA = str(Path(sys.executable).with_name("kata"))
SOFTMAX = pick_course()[0].katas["softmax"]
POINTS = SOFTMAX.file.points
CHECKS = SOFTMAX.checks.read_text(encoding="utf-8").count("\ndef test_")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("streams") / "my-network"
    shell(f"{KATA} init {root}", root.parent)
    right = (SOFTMAX.folder / "variants" / "row-by-row.py").read_text(encoding="utf-8")
    (root / "mynn/forward/softmax.py").write_text(right, encoding="utf-8")
    return root


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("grade . --kata softmax", f"{POINTS} of {POINTS} points"),
        ("check softmax", f"{CHECKS} of {CHECKS} checks"),
        ("verify softmax --seeds 1", "1 of 1 katas are done"),
        ("doctor", "Protection while a module is checked: level"),
        ("list", "softmax"),
    ],
)
def test_a_closed_stream_changes_nothing(
    command: str, expected: str, closed: str, workspace: Path
) -> None:
    done = shell(f"{KATA} {command} {closed}", workspace)
    assert done.returncode == 0, done.stdout + done.stderr
    assert expected in done.stdout


@pytest.mark.parametrize("command", ["grade . --kata softmax", "check softmax", "doctor", "list"])
def test_without_stdout_a_command_says_so_and_ends_with_5(command: str, workspace: Path) -> None:
    done = shell(f"{KATA} {command} >&-", workspace)
    assert done.returncode == 5
    assert "stdout is closed" in done.stderr
    assert shell(f"{KATA} {command} <&- >&- 2>&-", workspace).returncode == 5


@pytest.mark.parametrize("closed", ["<&-", "<&- 2>&-", "<&- >&- 2>&-"])
def test_an_exported_grader_gives_a_mark_or_says_that_it_gives_none(
    closed: str, workspace: Path, tmp_path: Path
) -> None:
    (tmp_path / "nnkata").symlink_to(sys.prefix)
    shutil.copytree(workspace, tmp_path / "submission")
    script = tmp_path / "run_autograder"
    options = {"options": "--kata softmax --require 0"}
    script.write_text(render_template("gradescope/run_autograder", options), encoding="utf-8")
    done = shell(f"AUTOGRADER_ROOT={tmp_path} bash {script} {closed}", tmp_path)
    result = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    if ">&- 2" in closed:
        assert "This is not a mark" in result["output"]
    else:
        assert sum(test["score"] for test in result["tests"]) == POINTS, done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="macOS and Windows have no /dev/full")
@pytest.mark.parametrize(
    "command", ["grade . --kata softmax --json", "check softmax --json", "check softmax", "list"]
)
def test_a_full_disk_is_not_a_grade(command: str, workspace: Path) -> None:
    done = shell(f"{KATA} {command} > /dev/full", workspace)
    assert done.returncode == 5, done.stderr
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["list", "grade . --kata softmax", "check softmax --json"])
def test_a_reader_that_closes_the_pipe_is_no_failure(command: str, workspace: Path) -> None:
    done = shell(f"{KATA} {command} | true; echo ${{PIPESTATUS[0]}}", workspace)
    assert done.stdout.strip() == "0", done.stderr
    assert done.stderr == ""


def test_ctrl_c_ends_with_130(workspace: Path) -> None:
    slow = workspace / "mynn/forward/softmax.py"
    before = slow.read_text(encoding="utf-8")
    slow.write_text("def softmax(z, axis=-1):\n    while True: pass\n", encoding="utf-8")
    try:
        process = subprocess.Popen(
            [KATA, "check", "softmax"], cwd=workspace, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    finally:
        slow.write_text(before, encoding="utf-8")
    assert process.returncode == 130, errors
    assert "stopped" in errors
    assert "Traceback" not in errors


def test_numpy_that_cannot_be_imported_is_the_machine_s_fault(
    workspace: Path, tmp_path: Path, lab: Any
) -> None:
    broken = tmp_path / "numpy"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('numpy is broken here')\n")
    for command in (["check", "softmax"], ["grade", ".", "--kata", "softmax", "--json"]):
        done = lab.kata(*command, cwd=workspace, env={"PYTHONPATH": str(tmp_path)})
        assert done.returncode == 5, done.stdout + done.stderr
        assert "Error: numpy cannot be imported: ImportError: numpy is broken" in done.stderr
        assert f"{broken / '__init__.py'}, line 1" in done.stderr
        if done.stdout:
            assert not json.loads(done.stdout)["verdicts"]
