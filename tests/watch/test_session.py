"""A session notices saves, checks the last text, and reports and stores the verdict."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nnkata.course.hashes import checks_sha256, text_sha256
from nnkata.errors import MachineryError
from nnkata.model import Kata, Verdict
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.worker_client import ForkServerError
from nnkata.watch.checker import VerdictStage
from nnkata.watch.session import ModulesSaved, WatchSession
from nnkata.workspace.workspace import Workspace

from .terminal import COURSE, mistake, module, reference, save

PATIENCE = 60.0
RIGHT = reference("softmax")
WRONG = mistake("softmax", "global-max")
ENDLESS = "def softmax(z, axis=-1):\n    while True:\n        pass\n"
Report = tuple[str, bool, VerdictStage, str, str]
"""Kata, passed, stage, mistakes, hash of the module."""


class Watched:
    """A session whose owner is a test."""

    def __init__(self, workspace: Workspace, pool: WorkerPool) -> None:
        self.workspace = workspace
        self.session = WatchSession(workspace, pool)
        self.reports: list[Report] = []
        self.verdicts: list[Verdict] = []
        self.session.listeners.append(self.on_verdict)

    def on_verdict(self, kata: Kata, verdict: Verdict, stage: VerdictStage) -> None:
        assert threading.current_thread() is threading.main_thread()
        names = ",".join(d.mistake for d in verdict.diagnoses)
        self.reports.append((kata.name, verdict.passed, stage, names, verdict.sha256["module"]))
        self.verdicts.append(verdict)

    def until(self, ready: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not ready():
            left = deadline - time.monotonic()
            assert left > 0, self.reports
            if select.select([self.session.fileno()], [], [], left)[0]:
                self.session.step()

    def next(self, stage: VerdictStage = "diagnosed") -> Report:
        """Wait for the next verdict at that stage; return it."""
        known = len(self.reports)
        self.until(lambda: any(t[2] == stage for t in self.reports[known:]))
        return next(t for t in self.reports[known:] if t[2] == stage)

    def save(self, text: str, kata: str = "softmax") -> None:
        save(module(self.workspace.root, kata), text)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool() as made:
        yield made


@pytest.fixture
def watched(workspace: Workspace, pool: WorkerPool) -> Iterator[Watched]:
    made = Watched(workspace, pool)
    yield made
    made.session.close()


def test_listeners_get_the_verdict_at_once_and_the_diagnosis_when_it_is_stored(
    watched: Watched,
) -> None:
    stored: list[object] = []
    progress = watched.workspace.progress
    watched.session.listeners.append(lambda *_: stored.append(progress.last_attempt("softmax")))
    watched.session.start()
    watched.save(WRONG)
    watched.next()
    sha = text_sha256(WRONG)
    assert watched.reports == [
        ("softmax", False, "verdict", "", sha),
        ("softmax", False, "diagnosed", "global-max", sha),
    ]
    assert stored[0] is None
    assert stored[1] is not None
    watched.save(RIGHT)
    assert watched.next()[1]
    assert watched.workspace.states()["softmax"] == "passed"


def test_only_the_checks_of_the_watched_kata_are_collected(watched: Watched) -> None:
    watched.session.start(COURSE.katas["softmax"])
    watched.save(WRONG)
    watched.next()
    checker = watched.session._checker
    assert list(checker.assessors) == ["softmax"]
    watched.save(reference("he-init"), "he-init")
    assert watched.next()[0] == "he-init"
    assert list(checker.assessors) == ["softmax", "he-init"]


def test_the_check_of_an_older_text_is_neither_reported_nor_stored(watched: Watched) -> None:
    watched.session.start(COURSE.katas["softmax"])
    watched.save(ENDLESS)
    watched.until(lambda: watched.session.checking)
    watched.save(RIGHT)
    watched.next()
    assert {report[4] for report in watched.reports} == {text_sha256(RIGHT)}
    assert watched.workspace.progress.attempts("softmax") == 1


def test_a_save_without_a_change_is_not_checked_twice_and_run_is(watched: Watched) -> None:
    watched.save(RIGHT)
    watched.session.start(COURSE.katas["softmax"])
    watched.next()
    watched.save(RIGHT)
    saved = module(watched.workspace.root, "softmax").stat().st_ino
    kata, scanner = COURSE.katas["softmax"], watched.session._watcher.scanner
    watched.until(lambda: (scanner.fingerprints[kata.module].stamp or (0,))[-1] == saved)
    watched.save(RIGHT + "\n# another\n")
    assert watched.next()[4] == text_sha256(RIGHT + "\n# another\n")
    assert watched.workspace.progress.attempts("softmax") == 2
    watched.session.run()
    watched.next()
    assert watched.workspace.progress.attempts("softmax") == 3


def test_a_text_that_was_replaced_is_never_reported(watched: Watched) -> None:
    watched.session.start(COURSE.katas["softmax"])
    watched.session._watcher.close()  # the second save is not noticed
    watched.save(WRONG)
    watched.session.run()
    watched.save(RIGHT)
    watched.next()
    assert {report[4] for report in watched.reports} == {text_sha256(RIGHT)}


def test_going_to_the_next_kata_stores_the_verdict(watched: Watched) -> None:
    watched.save(RIGHT)
    watched.session.start(COURSE.katas["softmax"])
    watched.next("verdict")
    following = watched.session.go_to_next()
    assert following is not None
    assert following.name == next(iter(COURSE.katas))
    assert watched.workspace.states()["softmax"] == "passed"


def test_the_reported_verdict_is_stored_at_the_end(workspace: Workspace, pool: WorkerPool) -> None:
    made = Watched(workspace, pool)
    made.save(RIGHT)
    made.session.start(COURSE.katas["softmax"])
    made.next("verdict")
    made.session.close()
    assert workspace.states()["softmax"] == "passed"


def test_a_stub_that_is_put_back_elsewhere_changes_nothing(watched: Watched) -> None:
    watched.save(WRONG)
    watched.session.start(COURSE.katas["softmax"])
    watched.next()
    watched.save(reference("he-init"), "he-init")
    assert watched.next()[0] == "he-init"
    watched.workspace.reset(COURSE.katas["softmax"])
    watched.save(reference("he-init") + "\n# again\n", "he-init")
    assert watched.next()[0] == "he-init"
    assert [report[0] for report in watched.reports if report[2] == "verdict"] == [
        "softmax", "he-init", "he-init",
    ]  # fmt: skip


def test_modules_that_are_removed_later_leave_the_current_kata(watched: Watched) -> None:
    watched.save(WRONG)
    watched.session.start(COURSE.katas["softmax"])
    watched.next()
    workspace, session = watched.workspace, watched.session
    session._watcher.close()  # what it reports is chosen here: a folder goes in two reports
    aside = workspace.root / "aside"
    workspace.package.rename(aside)
    session._post(ModulesSaved([COURSE.katas["softmax"].module]))
    watched.next()
    session._post(ModulesSaved([COURSE.katas["he-init"].module]))
    session.step()
    aside.rename(workspace.package)
    session._post(ModulesSaved([COURSE.katas["he-init"].module, COURSE.katas["softmax"].module]))
    watched.next()
    assert [(report[0], report[3]) for report in watched.reports if report[2] == "diagnosed"] == [
        ("softmax", "global-max"), ("softmax", ""), ("softmax", "global-max"),
    ]  # fmt: skip


def test_thirty_saves_leave_no_descriptor_and_no_process_behind(watched: Watched) -> None:
    def left() -> tuple[int, int]:
        pid = watched.session._checker.pool.server.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return len(list(Path("/proc/self/fd").iterdir())), len(children)

    watched.session.start(COURSE.katas["softmax"])
    counts = []
    for number in range(30):
        watched.save(f"{WRONG if number % 2 else RIGHT}\n# {number}\n")
        watched.next()
        watched.until(lambda: watched.session._checker.spare is not None)
        counts.append(left())
    # Of the worker that is started ahead, the server and the descriptors may or may not be there,
    # so single counts differ by a few; what each save left behind would be in the least of them.
    assert min(fds for fds, _ in counts[15:]) <= max(fds for fds, _ in counts[:8])
    assert max(processes for _, processes in counts) <= 2


def test_a_fork_server_that_was_killed_is_started_again(watched: Watched) -> None:
    watched.save(WRONG)
    watched.session.start(COURSE.katas["softmax"])
    watched.next()
    os.kill(watched.session._checker.pool.server.pid, 9)
    watched.save(RIGHT)
    assert watched.next()[1]


def test_where_no_worker_can_be_started_the_owner_gets_the_error(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object) -> None:
        raise MachineryError("no process for the learner's module") from ForkServerError()

    monkeypatch.setattr(WorkerPool, "fork", refuse)
    watched.save(WRONG)
    watched.session.start(COURSE.katas["softmax"])
    with pytest.raises(MachineryError, match="no process"):
        watched.next()


BACKWARD = ("value", "topological-sort", "value-backward")


def solve(watched: Watched, *names: str) -> None:
    """Write correct modules, and store that they pass."""
    for name in names:
        kata = COURSE.katas[name]
        watched.save(reference(name), name)
        watched.workspace.progress.record_pass(
            name, watched.workspace.sha_of(kata), checks_sha256(kata), 1
        )


def test_a_prerequisite_that_was_broken_is_checked_after_the_kata_that_needs_it(
    watched: Watched,
) -> None:
    needs: list[tuple[str, bool]] = []
    watched.session.prerequisite_listeners.append(
        lambda kata, v: needs.append((kata.name, v.passed))
    )
    solve(watched, *BACKWARD[:2])
    watched.save(mistake("value-backward", "along-every-path"), "value-backward")
    watched.session.start(COURSE.katas["value-backward"])
    watched.next()
    assert needs == []
    watched.save("raise ValueError\n", "value")
    report = watched.next()
    assert report[0] == "value-backward"  # it stays the watched one
    watched.until(lambda: needs)
    assert needs == [("value", False)]
    attempt = watched.workspace.progress.last_attempt("value")
    assert attempt is not None
    assert not attempt.passed
    watched.session.run()  # the same text is not checked twice
    watched.next()
    watched.save(reference("value") + "# right again\n", "value")
    watched.until(lambda: len(needs) > 1)
    assert needs == [("value", False), ("value", True)]
    assert watched.workspace.states()["value"] == "passed"


def test_the_page_asks_for_the_next_kata_and_gets_it_after_a_pass_only(watched: Watched) -> None:
    moves: list[str] = []
    watched.session.on_current_changed = lambda: moves.append("moved")
    watched.save(WRONG)
    watched.session.start(COURSE.katas["softmax"])
    watched.next()
    reply = watched.session.request_next()
    watched.until(reply.done)
    stays = reply.result()
    assert stays is not None
    assert (stays.name, moves) == ("softmax", [])
    watched.save(RIGHT)
    watched.next("verdict")
    reply = watched.session.request_next()
    watched.until(reply.done)
    following = reply.result()
    assert following is not None
    assert (following.name, moves) == (next(iter(COURSE.katas)), ["moved"])
    assert watched.workspace.states()["softmax"] == "passed"
