"""Faults on purpose: whatever is killed, full or closed, the gradebook is that of a quiet run."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.processes import command_line, descendants

from nnkata.errors import MACHINERY
from nnkata.gradebook import store
from nnkata.gradebook.marks import compute_marks
from nnkata.gradebook.records import Student
from nnkata.gradebook.store import Gradebook

from .results import KATA, LATER, RUN, SLOW, cohort, graded, rows, verdict
from .test_interrupted import GRADE, PROGRAM, count_lines, wait_for

Command = list[str]


@pytest.fixture
def command(lab: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return the words that grade six slow submissions; the gradebook of a quiet run is there."""
    course = lab.write_course({"one": KATA})
    (tmp_path / "program.py").write_text(PROGRAM.format(course=str(course)))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    cohort(tmp_path / "all", 6, SLOW)
    words = [sys.executable, "program.py", *GRADE]
    quiet = [*words, "--jobs", "1", "--gradebook", "quiet.db"]
    subprocess.run(quiet, cwd=tmp_path, check=True)
    return [*words, "--gradebook", "marks.db", "--journal", "j", "--report", "json=r.json"]


def require_quiet_rows(tmp_path: Path) -> None:
    """The gradebook has the rows of the quiet run, and the journal each submission once."""
    assert rows(str(tmp_path / "marks.db")) == rows(str(tmp_path / "quiet.db"))
    lines = (tmp_path / "j").read_text(encoding="utf-8").splitlines()[1:]
    names = [entry["submission"] for entry in map(entry_of, lines) if entry]
    assert sorted(names) == [f"s{number:02d}" for number in range(6)]


def entry_of(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:  # it was cut off
        return None


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
@pytest.mark.parametrize(
    ("jobs", "victim", "seconds"),
    [("1", "fork_server_main", 0.0), ("1", "fork_server_main", 0.15), ("2", "spawn_main", 0.0)],
    ids=["the fork server", "the fork server, later", "a grader"],
)
def test_what_is_killed_costs_nothing(
    jobs: str, victim: str, seconds: float, command: Command, tmp_path: Path
) -> None:
    """At first, a worker is usually being started then; after `seconds`, a check runs."""
    process = subprocess.Popen([*command, "--jobs", jobs], cwd=tmp_path)
    killed = 0
    for lines in (2, 4):
        wait_for(lambda least=lines: count_lines(tmp_path / "j") >= least)  # type: ignore[misc]
        time.sleep(seconds)
        victims = [pid for pid in descendants(process.pid) if victim in command_line(pid)]
        if victims:
            os.kill(victims[0], signal.SIGKILL)  # workers, below it, have the same words
            killed += 1
    assert process.wait(timeout=300) == 0
    assert killed
    require_quiet_rows(tmp_path)


def test_a_full_disk_stops_the_run_and_loses_nothing(command: Command, tmp_path: Path) -> None:
    """No file may grow beyond a size: to a program that is a disk which is full."""
    words = [*command, "--jobs", "1"]
    words[words.index("--gradebook") : words.index("--gradebook") + 2] = []
    size = 1500
    done = subprocess.run(
        words, cwd=tmp_path, check=False, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )  # fmt: skip
    assert done.returncode == MACHINERY, done.stderr
    assert "the journal j cannot be written: File too large" in done.stderr
    assert "--journal j --resume" in done.stderr
    assert "Traceback" not in done.stderr
    assert 1 < count_lines(tmp_path / "j") < 7
    subprocess.run([*command, "--jobs", "1", "--resume"], cwd=tmp_path, check=True)
    require_quiet_rows(tmp_path)


def test_without_any_stream_every_submission_is_graded(command: Command, tmp_path: Path) -> None:
    quoted = " ".join([*command, "--jobs", "2"])
    done = subprocess.run(["bash", "-c", f"{quoted} <&- 2>&-"], cwd=tmp_path, check=False,
                          capture_output=True)  # fmt: skip
    assert done.returncode == 0
    require_quiet_rows(tmp_path)


def test_a_clock_that_goes_back_hides_no_result(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second download of a student counts, although it seems to be two days older."""
    now = [datetime(2026, 5, 3, tzinfo=UTC)]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            del tz
            return now[0]

    monkeypatch.setattr(store, "datetime", Clock)
    book = Gradebook(url, create=True)
    book.replace_roster([Student(id="1", moodle="501")])
    first, second = "Ada_501_assignsubmission_file_a.zip", "Ada_501_assignsubmission_file_b.zip"
    book.record(RUN, [graded(first, verdict(first, "one", "failed"))])
    now[0] -= timedelta(days=2)
    book.record(LATER, [graded(second, verdict(second, "one", "passed"))])
    (mark,) = compute_marks(book.snapshot()).students
    assert (mark.mark, mark.katas["one"].submission) == (1.0, second)
    assert [event.submission for event in book.history([second, first])] == [first, second]
