"""Watch a workspace: at every save a verdict, and a moment later what a failure looks like.

Three threads: one notices saves (changes.py), one checks, and the one that owns the session hears
of both, stores attempts and tells the listeners. Only the text that was saved last is ever told of:
a check of an older one is given up.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from msgspec import Struct

from ..checking.assessor import Assessor, CheckedKata
from ..checking.pytest_session import Checks
from ..checking.runtime import Submission, WorkerSlot
from ..course.loading import need_checks
from ..errors import KataError
from ..model import Kata, Load, Verdict
from ..sandbox.pool import Wakeup, WorkerPool
from ..sandbox.worker_client import WaitAbandonedError, WorkerLostError
from ..workspace.workspace import Workspace
from .file_watcher import Looker, Watcher, why_poll

Stage = Literal["verdict", "diagnosed"]
Listener = Callable[[Kata, Verdict, Stage], None]
"""Hears of every verdict twice: at once, and when it is diagnosed and stored, which ends it."""

ALWAYS_POLL = "--poll was given"


class Job(Struct, frozen=True):
    """One text of one module that is to be checked."""

    number: int
    kata: Kata
    text: str | Load
    submission: Submission


class Saved(Struct, frozen=True):
    """Modules that were saved or removed."""

    modules: list[str]


class Told(Struct, frozen=True):
    """What a check came to, so far."""

    job: Job
    verdict: Verdict
    stage: Stage


class Failed(Struct, frozen=True):
    """A check that could not be made, and why."""

    job: Job
    error: BaseException


class Session:
    """What is watched, what is being checked, and who wants to hear of it.

    Whoever owns a session waits until its `fileno()` can be read and then calls `step()`; nothing
    else is told, stored or raised from another thread than solved.
    """

    def __init__(self, workspace: Workspace, pool: WorkerPool, poll: bool = False) -> None:
        """Take the workspace and where workers come from; with `poll`, trust no announcement."""
        self.workspace = workspace
        self.course = workspace.course
        self.listeners: list[Listener] = []
        self.current: Kata | None = None
        self.last: dict[str, Verdict] = {}
        """The latest verdict of each kata in this session."""
        self.asked = 0.0
        """When the check that is under way was asked for (monotonic clock)."""
        self.saved: list[str] = []
        """The katas whose modules were saved and so led to the latest check, if any were."""
        self._job: Job | None = None
        self._texts: dict[str, str | Load] = {}
        self._unstored: Told | None = None
        self._number = 0
        self._inbox: queue.SimpleQueue[Saved | Told | Failed] = queue.SimpleQueue()
        self._wakeup = Wakeup()
        looker = Looker(
            workspace.package, [k.module for k in self.course.katas.values()], workspace.read
        )
        reason = ALWAYS_POLL if poll else why_poll(workspace.package)
        self._watcher = Watcher(looker, lambda modules: self._post(Saved(modules)), reason)
        self._checker = Checker(workspace, pool, self._post)

    @property
    def why_poll(self) -> str:
        """Why files are looked at again and again; nothing where the system announces changes."""
        return self._watcher.why_poll

    @property
    def checking(self) -> bool:
        """Whether a check is under way whose verdict has not been told."""
        return self._job is not None

    def start(self, kata: Kata | None = None) -> None:
        """Begin with a kata, by default the one being worked on; a stub waits for a save."""
        self._watcher.start()
        self._checker.start()
        self.current = kata or self.workspace.current()
        if self.current is not None:
            need_checks([self.current])
            if self.workspace.is_untouched(self.current):
                self._checker.prepare(self._made(self.current))
            else:
                self.run()

    def run(self) -> None:
        """Check the current kata's text of now, and give up the check of an older one."""
        if self.current is None:
            return
        need_checks([self.current])
        self._store()
        self.saved = []
        self._number += 1
        self._job = self._made(self.current)
        self.asked = time.monotonic()
        self._checker.check(self._job)

    def move_on(self) -> Kata | None:
        """Go to the kata that is next, and check it unless it still is the stub."""
        self._store()
        self._job = None
        self._number += 1
        self.current = self.workspace.current()
        if self.current is not None and not self.workspace.is_untouched(self.current):
            self.run()
        elif self.current is not None:
            need_checks([self.current])
            self._checker.prepare(self._made(self.current))
        return self.current

    def fileno(self) -> int:
        """Return the descriptor that can be read when there is something to do."""
        return self._wakeup.fileno()

    def wake(self) -> None:
        """Let whoever waits for the session look up; safe anywhere, in a signal handler too."""
        self._wakeup.wake()

    def step(self) -> None:
        """Do what there is to do; raises what made a check impossible."""
        self._wakeup.clear()
        with suppress(queue.Empty):
            while True:
                message = self._inbox.get_nowait()
                if isinstance(message, Saved):
                    self._saved(message.modules)
                elif message.job.number != self._number:
                    continue
                elif isinstance(message, Failed):
                    self._job = None
                    raise message.error
                else:
                    self._told(message)

    def close(self) -> None:
        """End the threads, and store what has been told."""
        self._watcher.close()
        self._checker.close()
        self._store()
        self._wakeup.close()

    def _post(self, message: Saved | Told | Failed) -> None:
        self._inbox.put(message)
        self.wake()

    def _made(self, kata: Kata) -> Job:
        workspace, text = self.workspace, self.workspace.read(kata.module)
        submission = Submission(
            workspace.root.name,
            lambda module: text if module == kata.module else workspace.read(module),
            workspace.solved(),
        )
        return Job(self._number, kata, text, submission)

    def _saved(self, modules: list[str]) -> None:
        """Make a saved kata the current one, and check it; nothing is done twice for one text."""
        owners = {k.module: k for k in self.course.katas.values()}
        saved = [k for k in map(owners.__getitem__, modules) if not self._is_known(k)]
        before, self.current = self.current, self._meant(saved)
        if self.current is None:
            return
        if self.current is not before or self._concerns(self.current, saved):
            self.run()
            self.saved = [k.name for k in saved]

    def _meant(self, saved: list[Kata]) -> Kata | None:
        """Return the kata that a learner who saved these modules works on.

        That is the one saved last, but for a module of solved that the current kata stands on: the
        current one is checked with it, unless it has passed already.
        """
        current = self.current
        if any(k is current for k in saved):
            return current
        written = [k for k in saved if not self.workspace.is_untouched(k)]
        if not written:
            return current
        last = written[-1]
        if current is None or last.name not in self.course.needed(current.name):
            return last
        verdict = self.last.get(current.name)
        done = verdict is not None and verdict.passed
        return last if done or last.name not in self.workspace.solved() else current

    def _is_known(self, kata: Kata) -> bool:
        """Whether the text of the current kata is the one that is being, or was, checked last."""
        if kata is not self.current:
            return False
        known = self._texts.get(kata.name) if self._job is None else self._job.text
        return known is not None and known == self.workspace.read(kata.module)

    def _concerns(self, kata: Kata, saved: list[Kata]) -> bool:
        """Whether a save makes another verdict of a kata possible."""
        if any(k is kata for k in saved):
            return True
        used = self.workspace.solved().intersection(self.course.needed(kata.name))
        return any(k.name in used for k in saved)

    def _told(self, told: Told) -> None:
        kata, verdict = told.job.kata, told.verdict
        if told.stage == "verdict":
            if told.job.text != self.workspace.read(kata.module):  # saved again meanwhile
                self.run()
                return
            self._job = None
            self._texts[kata.name] = told.job.text
            self._unstored = told
        self.last[kata.name] = verdict
        if told.stage == "diagnosed":
            self._unstored = told
            self._store()
        for listener in self.listeners:
            listener(kata, verdict, told.stage)

    def _store(self) -> None:
        """Remember the verdict that was told, as `kata check` does."""
        told, self._unstored = self._unstored, None
        if told is not None:
            self.workspace.remember(told.job.kata, told.verdict)


class Checker:
    """Makes verdicts in a thread of its own, the latest that was asked for and no other."""

    def __init__(
        self, workspace: Workspace, pool: WorkerPool, post: Callable[[Told | Failed], None]
    ) -> None:
        """Take the workspace, where workers come from, and whom to tell."""
        self.workspace = workspace
        self.pool = pool
        self.post = post
        self.jobs: queue.SimpleQueue[tuple[Job, bool] | None] = queue.SimpleQueue()
        self.lock = threading.Lock()
        self.assessors: dict[str, Assessor] = {}
        self.spare: WorkerSlot | None = None
        pool.open_wakeup()
        self.thread = threading.Thread(target=self._run, name="checks", daemon=True)

    def start(self) -> None:
        """Begin."""
        self.thread.start()

    def check(self, job: Job) -> None:
        """Check this, and give up whatever is under way."""
        self._ask((job, True))

    def prepare(self, job: Job) -> None:
        """Collect the checks of a kata and start a worker for it, so that its check is quick."""
        self._ask((job, False))

    def close(self) -> None:
        """Give up, end, and wait for the end."""
        self._ask(None)
        if self.thread.ident is not None:
            self.thread.join()
        self._drop_spare()
        self.pool.close_wakeup()

    def _ask(self, job: tuple[Job, bool] | None) -> None:
        with self.lock:
            self.jobs.put(job)
            self.pool.abandon_waits()

    def _next(self) -> tuple[Job, bool] | None:
        """Wait for something to do; of several, the last; the bell is silent from then on."""
        job = self.jobs.get()
        with self.lock:
            with suppress(queue.Empty):
                while True:
                    job = self.jobs.get_nowait()
            self.pool.allow_waits()
        return job

    def _run(self) -> None:
        while (asked := self._next()) is not None:
            job, check = asked
            try:
                assessor = self._assessor(job.kata)
                checked = self._checked(assessor, job) if check else None
                self._have_spare(assessor, job, checked)
            except WaitAbandonedError:
                continue
            except BaseException as error:
                self.post(Failed(job, error))

    def _assessor(self, kata: Kata) -> Assessor:
        """Return what makes verdicts of a kata; its checks are collected the first time."""
        known = self.assessors.get(kata.name)
        if known is None:
            known = self.assessors[kata.name] = Assessor(
                self.workspace.course, Checks([kata]), self.pool, self.workspace.state / "cache"
            )
        return known

    def _checked(self, assessor: Assessor, job: Job) -> CheckedKata:
        slot, self.spare = self.spare, None
        try:
            checked = assessor.check(job.kata, job.submission, slot=slot)
            self.post(Told(job, checked.verdict, "verdict"))
        finally:
            if slot is not None:
                slot.close()
        self.post(Told(job, assessor.diagnose(checked), "diagnosed"))
        return checked

    def _have_spare(self, assessor: Assessor, job: Job, checked: CheckedKata | None) -> None:
        """Start the worker of the next check now; where that fails, the check starts its own."""
        self._drop_spare()
        bundle = checked.bundle if checked is not None else None
        if bundle is None and isinstance(job.text, str):
            bundle = assessor.bundles.build(job.kata, job.text, job.submission)
        if bundle is None or not bundle.texts:
            return
        self.spare = assessor.runner(job.kata).slot(bundle)
        try:
            self.spare.start_ahead()
        except (WorkerLostError, KataError):
            self._drop_spare()

    def _drop_spare(self) -> None:
        slot, self.spare = self.spare, None
        if slot is not None:
            slot.close()
