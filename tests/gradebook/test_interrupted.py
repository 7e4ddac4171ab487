"""A run that is stopped, killed, or loses its server leaves the gradebook of an undisturbed run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from nnkata.cli.terminal.grade_progress import GradeProgress
from nnkata.errors import MACHINERY, NEEDS_PERSON, OK, STOPPED
from nnkata.gradebook import recorder
from nnkata.gradebook.records import GradedSubmission
from nnkata.gradebook.store import Gradebook

from .postgres import PostgresServer
from .results import KATA, RUN, SLOW, cohort, rows, unread

Run = Callable[..., Result]
GRADE = ("grade", "all", "--each", "--seed", "5", "--kata", "one")
PROGRAM = """
import sys
from types import SimpleNamespace
from nnkata import hookspecs, plugins, reporters
from nnkata.cli import context
from nnkata.cli.group import kata
from pathlib import Path

if __name__ == "__main__":
    hook = hookspecs.hookimpl(lambda: [Path({course!r})], specname="nnkata_courses")
    known = plugins.Plugins()
    known.register(SimpleNamespace(nnkata_courses=hook), "lab")
    known.register(reporters, "reporters")
    for module in (plugins, context):
        module.installed_plugins = lambda: known
    kata(prog_name="kata")
"""


@pytest.fixture(autouse=True)
def quick_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write every result at once, and do not wait long for a server."""
    monkeypatch.setattr(recorder, "WRITE_AFTER", 1)
    monkeypatch.setattr(recorder, "RETRY_SECONDS", 0.1)
    monkeypatch.setattr(recorder, "GIVE_UP_SECONDS", 1.0)


def undisturbed(run: Run, tmp_path: Path) -> dict[str, list[str]]:
    """Return the rows of a run that nothing happens to."""
    done = run(*GRADE, "--jobs", "1", "--gradebook", "undisturbed.db")
    assert done.exit_code in (OK, NEEDS_PERSON), done.output
    return rows(str(tmp_path / "undisturbed.db"))


def test_a_run_that_was_stopped_and_went_on_leaves_the_rows_of_an_undisturbed_one(
    run: Run, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort(tmp_path / "all", 7)
    (tmp_path / "all" / "eve").mkdir()
    words = (*GRADE, "--jobs", "1", "--gradebook", url, "--journal", "j")
    count = GradeProgress.count

    def stop_at_the_third(progress: GradeProgress, name: str) -> None:
        count(progress, name)
        if progress.done == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(GradeProgress, "count", stop_at_the_third)
        stopped = run(*words)
    assert stopped.exit_code == STOPPED, stopped.output
    assert len(Gradebook(url).snapshot().submissions) == 3
    for _ in range(2):
        assert run(*words, "--resume").exit_code == NEEDS_PERSON
        assert rows(url) == undisturbed(run, tmp_path)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_driver_that_is_killed_and_repeated_leaves_the_rows_of_an_undisturbed_one(
    database: str, lab: Any, tmp_path: Path, request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    course = lab.write_course({"one": KATA})
    (tmp_path / "program.py").write_text(PROGRAM.format(course=str(course)))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    cohort(tmp_path / "all", 6, SLOW)
    url = str(tmp_path / "marks.db")
    if database == "postgresql":
        url = request.getfixturevalue("postgres").make_database()
    command = [sys.executable, "program.py", *GRADE, "--jobs", "1"]
    words = [*command, "--gradebook", url, "--journal", "j"]
    process = subprocess.Popen(words, cwd=tmp_path, start_new_session=True)
    wait_for(lambda: count_lines(tmp_path / "j") >= 3)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with suppress(ProcessLookupError):  # its children may have ended with it
        os.killpg(process.pid, signal.SIGKILL)
    known = len(Gradebook(url).snapshot().submissions) if database == "postgresql" else 0
    assert known < 6
    subprocess.run([*words, "--resume"], cwd=tmp_path, check=True)
    subprocess.run([*command, "--gradebook", "undisturbed.db"], cwd=tmp_path, check=True)
    assert rows(url) == rows(str(tmp_path / "undisturbed.db"))


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def count_lines(journal: Path) -> int:
    return len(journal.read_bytes().splitlines()) if journal.is_file() else 0


@contextmanager
def killed_at(
    server: PostgresServer, condition: Callable[[], bool], back: Callable[[], bool]
) -> Iterator[None]:
    """Kill the server when something has come about, and start it when something else has."""
    failures: list[BaseException] = []
    ended = threading.Event()

    def watch() -> None:
        try:
            wait_for(condition)
            server.kill()
            wait_for(lambda: back() or ended.is_set())
        except BaseException as error:
            failures.append(error)
        finally:
            server.start()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
    assert not failures, failures


def test_a_run_goes_on_while_its_server_is_away(
    run: Run, postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "GIVE_UP_SECONDS", 60.0)  # it recovers before it answers
    cohort(tmp_path / "all", 8, SLOW)
    url = postgres.make_database()
    journal = tmp_path / "j"
    with killed_at(postgres, lambda: count_lines(journal) >= 3, lambda: count_lines(journal) >= 6):
        done = run(*GRADE, "--jobs", "1", "--gradebook", url, "--journal", journal)
    assert done.exit_code == OK, done.output
    assert "the results are kept, and written later" in done.stderr
    assert rows(url) == undisturbed(run, tmp_path)


def test_a_run_whose_server_stays_away_ends_with_5_and_a_repeat_completes_the_gradebook(
    run: Run, postgres: PostgresServer, tmp_path: Path
) -> None:
    cohort(tmp_path / "all", 6)
    url = postgres.make_database()
    journal = tmp_path / "j"
    words = (*GRADE, "--jobs", "1", "--gradebook", url, "--journal", journal)
    with killed_at(postgres, lambda: count_lines(journal) >= 3, lambda: False):
        done = run(*words, "--report", "json=r.json")
    assert done.exit_code == MACHINERY, done.output
    assert "not in the gradebook" in done.stderr
    assert f"--journal {journal} --resume" in done.stderr
    assert count_lines(journal) == 7
    result = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert len(result["verdicts"]) == 6
    assert run(*words, "--resume").exit_code == OK
    assert rows(url) == undisturbed(run, tmp_path)


class FailingGradebook:
    """A gradebook that another program holds for some attempts."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.recorded: list[str] = []

    def record(self, run: object, graded: Any) -> None:
        from nnkata.errors import MachineryError

        if self.failures:
            self.failures -= 1
            raise MachineryError("it is locked")
        self.recorded += [one.submission for one in graded]


def record_all(
    book: FailingGradebook, names: list[str]
) -> tuple[recorder.GradebookRecorder, list[str]]:
    warnings: list[str] = []
    made = recorder.GradebookRecorder(book, RUN, warnings.append)  # type: ignore[arg-type]
    some: list[GradedSubmission] = [unread(name) for name in names]
    for one in some[:-1]:
        made.add(one)
    made.finish(some)
    return made, warnings


def test_a_result_that_a_stop_kept_from_the_recorder_is_written_in_the_end() -> None:
    book = FailingGradebook(0)
    made, warnings = record_all(book, ["ada", "ben", "eve"])
    made.require_complete("again")
    assert (sorted(book.recorded), warnings) == (["ada", "ben", "eve"], [])


def test_a_database_that_comes_back_gets_everything_and_one_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recorder, "GIVE_UP_SECONDS", 30.0)
    monkeypatch.setattr("nnkata.gradebook.recorder.time.sleep", lambda _: None)
    book = FailingGradebook(5)
    made, warnings = record_all(book, ["ada", "ben", "eve"])
    made.require_complete("again")
    assert sorted(book.recorded) == ["ada", "ben", "eve"]
    assert warnings == ["it is locked; the results are kept, and written later"]
