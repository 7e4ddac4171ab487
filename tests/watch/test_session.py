"""A session hears of saves, checks the last text, and tells and stores what came of it."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nnkata.course.hashes import text_sha256
from nnkata.errors import MachineryError
from nnkata.model import Kata, Verdict
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.worker_client import ForkServerError
from nnkata.watch.session import Session, Stage
from nnkata.workspace.workspace import Workspace

from .terminal import COURSE, mistake, module, reference, save

PATIENCE = 60.0
RIGHT = reference("softmax")
WRONG = mistake("softmax", "global-max")
ENDLESS = "def softmax(z, axis=-1):\n    while True:\n        pass\n"
Told = tuple[str, bool, Stage, str, str]


class Watched:
    """A session whose owner is a test."""

    def __init__(self, workspace: Workspace, pool: WorkerPool) -> None:
        self.workspace = workspace
        self.session = Session(workspace, pool)
        self.told: list[Told] = []
        self.verdicts: list[Verdict] = []
        self.session.listeners.append(self.heard)

    def heard(self, kata: Kata, verdict: Verdict, stage: Stage) -> None:
        assert threading.current_thread() is threading.main_thread()
        names = ",".join(d.mistake for d in verdict.diagnoses)
        self.told.append((kata.name, verdict.passed, stage, names, verdict.sha256["module"]))
        self.verdicts.append(verdict)

    def until(self, ready: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not ready():
            left = deadline - time.monotonic()
            assert left > 0, self.told
            if select.select([self.session.fileno()], [], [], left)[0]:
                self.session.step()

    def next(self, stage: Stage = "diagnosed") -> Told:
        """Wait for the next verdict at that stage; return it."""
        known = len(self.told)
        self.until(lambda: any(t[2] == stage for t in self.told[known:]))
        return next(t for t in self.told[known:] if t[2] == stage)

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


def test_listeners_hear_of_the_verdict_at_once_and_of_the_diagnosis_when_it_is_stored(
    watched: Watched,
) -> None:
    stored: list[object] = []
    progress = watched.workspace.progress
    watched.session.listeners.append(lambda *_: stored.append(progress.last_attempt("softmax")))
    watched.session.start()
    watched.save(WRONG)
    watched.next()
    sha = text_sha256(WRONG)
    assert watched.told == [
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


def test_the_check_of_an_older_text_is_neither_told_nor_stored(watched: Watched) -> None:
    watched.session.start(COURSE.katas["softmax"])
    watched.save(ENDLESS)
    watched.until(lambda: watched.session.checking)
    watched.save(RIGHT)
    watched.next()
    assert {told[4] for told in watched.told} == {text_sha256(RIGHT)}
    assert watched.workspace.progress.attempts("softmax") == 1


def test_a_save_without_a_change_is_not_checked_twice_and_run_is(watched: Watched) -> None:
    watched.save(RIGHT)
    watched.session.start(COURSE.katas["softmax"])
    watched.next()
    watched.save(RIGHT)
    saved = module(watched.workspace.root, "softmax").stat().st_ino
    kata, seen = COURSE.katas["softmax"], watched.session._watcher.looker.seen
    watched.until(lambda: (seen[kata.module][0] or (0,))[-1] == saved)
    watched.save(RIGHT + "\n# another\n")
    assert watched.next()[4] == text_sha256(RIGHT + "\n# another\n")
    assert watched.workspace.progress.attempts("softmax") == 2
    watched.session.run()
    watched.next()
    assert watched.workspace.progress.attempts("softmax") == 3


def test_a_text_that_is_no_longer_there_is_never_told_of(watched: Watched) -> None:
    watched.session.start(COURSE.katas["softmax"])
    watched.session._watcher.close()  # nobody announces the second save
    watched.save(WRONG)
    watched.session.run()
    watched.save(RIGHT)
    watched.next()
    assert {told[4] for told in watched.told} == {text_sha256(RIGHT)}


def test_moving_on_after_a_verdict_keeps_it(watched: Watched) -> None:
    watched.save(RIGHT)
    watched.session.start(COURSE.katas["softmax"])
    watched.next("verdict")
    moved = watched.session.move_on()
    assert moved is not None
    assert moved.name == next(iter(COURSE.katas))
    assert watched.workspace.states()["softmax"] == "passed"


def test_the_verdict_that_was_told_is_kept_at_the_end(
    workspace: Workspace, pool: WorkerPool
) -> None:
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
    assert [told[0] for told in watched.told if told[2] == "verdict"] == [
        "softmax", "he-init", "he-init",
    ]  # fmt: skip


def test_sixty_saves_leave_no_descriptor_and_no_process_behind(watched: Watched) -> None:
    def left() -> tuple[int, int]:
        pid = watched.session._checker.pool.server.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return len(list(Path("/proc/self/fd").iterdir())), len(children)

    watched.session.start(COURSE.katas["softmax"])
    counts = []
    for number in range(60):
        watched.save(f"{WRONG if number % 2 else RIGHT}\n# {number}\n")
        watched.next()
        watched.until(lambda: watched.session._checker.spare is not None)
        counts.append(left())
    # of the worker that is started ahead, the server and the descriptors may or may not be there
    assert max(fds for fds, _ in counts[30:]) <= max(fds for fds, _ in counts[:10])
    assert max(processes for _, processes in counts) <= 2


def test_a_zygote_that_was_killed_is_started_again(watched: Watched) -> None:
    watched.save(WRONG)
    watched.session.start(COURSE.katas["softmax"])
    watched.next()
    os.kill(watched.session._checker.pool.server.pid, 9)
    watched.save(RIGHT)
    assert watched.next()[1]


def test_where_no_worker_can_be_had_the_owner_is_told(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: object) -> None:
        raise MachineryError("no process for the learner's module") from ForkServerError()

    monkeypatch.setattr(WorkerPool, "fork", refuse)
    watched.save(WRONG)
    watched.session.start(COURSE.katas["softmax"])
    with pytest.raises(MachineryError, match="no process"):
        watched.next()
