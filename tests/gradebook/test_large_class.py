"""A class of 10 000: its driver is killed twice, and the gradebook is that of a quiet run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from nnkata.errors import NEEDS_PERSON
from nnkata.gradebook.store import Gradebook

from .results import KATA, RIGHT, WRONG, rows
from .test_interrupted import GRADE, PROGRAM, count_lines

SIZE = 10_000
ALIKE = 10
"""Every tenth submission has the text of another one."""
UNREADABLE = 100
"""Every hundredth is an empty folder, which needs a person."""
INSTANT = '''
from concurrent.futures import Executor, Future
from nnkata.grading.tasks import TaskResult
from tests.gradebook.results import verdict

class Instant(Executor):
    """Judges a submission by its text, without running it."""

    def submit(self, task, submission):
        (text,) = submission.modules.values()
        outcome = "passed" if "2 * x" in text else "failed"
        future = Future()
        future.set_result(TaskResult([verdict(submission.name, "one", outcome)]))
        return future
'''


def hand_in_large_class(folder: Path) -> None:
    folder.mkdir()
    for number in range(SIZE):
        if number % UNREADABLE == 0:
            (folder / f"s{number:05d}").mkdir()
            continue
        owner = number // ALIKE if number % ALIKE == 1 else number
        text = f"# {owner}\n{(RIGHT, WRONG)[owner % 3 == 0]}"
        (folder / f"s{number:05d}.py").write_text(text)


@pytest.fixture
def command(lab: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the words that grade the class with an executor that needs no time."""
    course = lab.write_course({"one": KATA})
    program = PROGRAM.format(course=str(course)).replace(
        "    kata(prog_name",
        "    make = hookspecs.hookimpl(\n"
        "        lambda: {'instant': lambda jobs, scheduler: Instant()},\n"
        "        specname='nnkata_executors',\n"
        "    )\n"
        "    known.register(SimpleNamespace(nnkata_executors=make), 'instant')\n"
        "    kata(prog_name",
    )
    (tmp_path / "program.py").write_text(INSTANT + program)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    hand_in_large_class(tmp_path / "all")
    return [sys.executable, "program.py", *GRADE, "--executor", "instant", "--jobs", "2"]


def test_a_class_of_ten_thousand_is_graded_once_although_its_driver_is_killed(
    command: list[str], tmp_path: Path
) -> None:
    quiet = subprocess.Popen(
        [*command, "--gradebook", "quiet.db", "--report", "json=quiet.json"], cwd=tmp_path
    )
    words = [*command, "--gradebook", "marks.db", "--journal", "j", "--report", "json=r.json"]
    for lines in (SIZE // 3, 2 * SIZE // 3):
        process = subprocess.Popen([*words, "--resume"], cwd=tmp_path, start_new_session=True)
        while count_lines(tmp_path / "j") < lines:
            assert process.poll() is None
            time.sleep(0.2)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert len(Gradebook(str(tmp_path / "marks.db")).snapshot().submissions) < SIZE
    done = subprocess.run([*words, "--resume"], cwd=tmp_path, check=False)
    assert done.returncode == NEEDS_PERSON
    assert quiet.wait() == NEEDS_PERSON
    found = rows(str(tmp_path / "marks.db"))
    assert len(found["gradings"]) == SIZE
    assert len(found["results"]) == SIZE - SIZE // UNREADABLE
    assert found == rows(str(tmp_path / "quiet.db"))
    result = (tmp_path / "r.json").read_bytes()
    assert result == (tmp_path / "quiet.json").read_bytes()
