"""Watch a workspace: check a module on every save, and diagnose a failure afterwards.

There are three threads. One notices saves (file_watcher.py) and one checks modules. The thread that
owns the session receives messages from both, stores attempts and calls the listeners. Only verdicts
of the text that was saved last are reported; the check of an older text is abandoned.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from msgspec import Struct

from ..checking.runtime import Submission
from ..course.loading import require_checks
from ..model import Kata, LoadFailure, Verdict
from ..sandbox.pool import Wakeup, WorkerPool
from ..workspace.workspace import Workspace
from .checker import (
    Checker,
    CheckFailure,
    CheckJob,
    PrerequisiteChecked,
    StagedVerdict,
    VerdictStage,
)
from .file_watcher import ModuleScanner, Watcher, find_polling_reason

Listener = Callable[[Kata, Verdict, VerdictStage], None]
"""Called twice for each check: first with the verdict, then again once the diagnosis is complete
and the verdict is stored."""

POLL_REQUESTED = "--poll was given"


class ModulesSaved(Struct, frozen=True):
    """A message from the file watcher: modules that were saved or removed."""

    modules: list[str]


class NextRequest(Struct, frozen=True):
    """A message from the browser page: move on to the next kata if the current one has passed."""

    reply: Future[Kata | None]
    """Receives the kata that is current afterwards."""


Message = ModulesSaved | StagedVerdict | PrerequisiteChecked | CheckFailure | NextRequest


class WatchSession:
    """Watches a workspace, checks saved modules, and calls listeners with the verdicts.

    The owner waits until `fileno()` is readable and then calls `step()`. Listeners are called,
    attempts are stored and exceptions are raised only there, in the owner's thread.
    """

    def __init__(self, workspace: Workspace, pool: WorkerPool, poll: bool = False) -> None:
        """Check modules of `workspace` with workers of `pool`; `poll` turns notifications off."""
        self.workspace = workspace
        self.course = workspace.course
        self.listeners: list[Listener] = []
        self.prerequisite_listeners: list[Callable[[Kata, Verdict], None]] = []
        """Called with the verdict on a prerequisite that has changed since it passed."""
        self.on_current_changed: Callable[[], None] = lambda: None
        """Called when the page has made another kata the current one."""
        self.current: Kata | None = None
        self.last_verdicts: dict[str, Verdict] = {}
        """The latest verdict on each kata in this session."""
        self.requested_at = 0.0
        """The time when the running check was requested, in seconds of the monotonic clock."""
        self.saved_katas: list[str] = []
        """The katas whose saved modules caused the latest check."""
        self._job: CheckJob | None = None
        """The running check."""
        self._texts: dict[str, str | LoadFailure] = {}
        """The text of each kata's module as last checked."""
        self._unstored: StagedVerdict | None = None
        """A verdict that has been reported but not yet stored."""
        self._job_number = 0
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._wakeup = Wakeup()
        scanner = ModuleScanner(
            workspace.package, [k.module for k in self.course.katas.values()], workspace.read
        )
        reason = POLL_REQUESTED if poll else find_polling_reason(workspace.package)
        self._watcher = Watcher(scanner, lambda modules: self._post(ModulesSaved(modules)), reason)
        self._checker = Checker(workspace, pool, self._post)

    @property
    def polling_reason(self) -> str:
        """Why files are polled; empty if the system reports changes."""
        return self._watcher.polling_reason

    @property
    def checking(self) -> bool:
        """Whether a check is running that has no verdict yet."""
        return self._job is not None

    def start(self, kata: Kata | None = None) -> None:
        """Start with a kata, by default the current one; check it unless its module is the stub."""
        self._watcher.start()
        self._checker.start()
        self.current = kata or self.workspace.current()
        if self.current is not None:
            require_checks([self.current])
            if self.workspace.is_untouched(self.current):
                self._checker.prepare(self._new_job(self.current))
            else:
                self.run()

    def run(self) -> None:
        """Check the current kata with its current text; abandon the check of an older text."""
        if self.current is None:
            return
        require_checks([self.current])
        self._store()
        self.saved_katas = []
        self._job_number += 1
        self._job = self._new_job(self.current, self._find_changed_needs(self.current))
        self.requested_at = time.monotonic()
        self._checker.check(self._job)

    def go_to_next(self) -> Kata | None:
        """Make the next kata the current one and return it; check it unless it is the stub."""
        self._store()
        self._job = None
        self._job_number += 1
        self.current = self.workspace.current()
        if self.current is not None and not self.workspace.is_untouched(self.current):
            self.run()
        elif self.current is not None:
            require_checks([self.current])
            self._checker.prepare(self._new_job(self.current))
        return self.current

    def fileno(self) -> int:
        """Return the file descriptor that is readable when `step` has something to do."""
        return self._wakeup.fileno()

    def wake(self) -> None:
        """Make `fileno()` readable; safe in any thread and in a signal handler."""
        self._wakeup.wake()

    def step(self) -> None:
        """Process the messages from both threads; raises the exception that prevented a check."""
        self._wakeup.clear()
        with suppress(queue.Empty):
            while True:
                message = self._inbox.get_nowait()
                if isinstance(message, ModulesSaved):
                    self._on_save(message.modules)
                elif isinstance(message, NextRequest):
                    message.reply.set_result(self._on_next_request())
                elif message.job.number != self._job_number:
                    continue
                elif isinstance(message, CheckFailure):
                    self._job = None
                    raise message.error
                elif isinstance(message, PrerequisiteChecked):
                    self._on_prerequisite_verdict(message)
                else:
                    self._on_verdict(message)

    def close(self) -> None:
        """End the threads, and store the verdict that is not stored yet."""
        self._watcher.close()
        self._checker.close()
        self._store()
        self._wakeup.close()

    def request_next(self) -> Future[Kata | None]:
        """Ask the owner's thread to move on to the next kata after a pass; safe in any thread.

        The result is the current kata afterwards, or None if all are solved.
        """
        reply: Future[Kata | None] = Future()
        self._post(NextRequest(reply))
        return reply

    def _on_next_request(self) -> Kata | None:
        current = self.current
        verdict = self.last_verdicts.get(current.name) if current is not None else None
        passed = verdict is not None and verdict.passed
        if current is None or passed or self.workspace.states()[current.name] == "passed":
            self.go_to_next()
            self.on_current_changed()
        return self.current

    def _post(self, message: Message) -> None:
        self._inbox.put(message)
        self.wake()

    def _find_changed_needs(self, kata: Kata) -> list[CheckJob]:
        """Return the prerequisites that have changed since they passed, and are not yet checked."""
        states = self.workspace.states()
        jobs = [
            self._new_job(self.course.katas[name])
            for name in self.course.all_needs(kata.name)
            if states[name] == "recheck" and self.course.katas[name].checks.is_file()
        ]
        return [job for job in jobs if self._texts.get(job.kata.name) != job.text]

    def _on_prerequisite_verdict(self, message: PrerequisiteChecked) -> None:
        need, verdict = message.need, message.verdict
        if need.text != self.workspace.read(need.kata.module):
            return  # saved again meanwhile
        self._texts[need.kata.name] = need.text
        self.last_verdicts[need.kata.name] = verdict
        self.workspace.remember(need.kata, verdict)
        for listener in self.prerequisite_listeners:
            listener(need.kata, verdict)

    def _new_job(self, kata: Kata, needs: list[CheckJob] | None = None) -> CheckJob:
        workspace, text = self.workspace, self.workspace.read(kata.module)
        submission = Submission(
            workspace.root.name,
            lambda module: text if module == kata.module else workspace.read(module),
            workspace.solved_katas(),
        )
        return CheckJob(self._job_number, kata, text, submission, needs or [])

    def _on_save(self, modules: list[str]) -> None:
        """Choose the current kata, and check it unless its text was already checked."""
        owners = {k.module: k for k in self.course.katas.values()}
        saved = [k for k in map(owners.__getitem__, modules) if not self._is_checked(k)]
        before, self.current = self.current, self._choose_current(saved)
        if self.current is None:
            return
        if self.current is not before or self._is_affected(self.current, saved):
            self.run()
            self.saved_katas = [k.name for k in saved]

    def _choose_current(self, saved: list[Kata]) -> Kata | None:
        """Return the kata that a learner who saved these modules works on.

        That is the kata saved last. Exception: if the saved kata is a solved prerequisite of the
        current one, and the current one has not passed, the current one stays and is checked
        again. A removed module is not chosen: when a folder disappears, its modules may be reported
        one after the other.
        """
        current = self.current
        if any(k is current for k in saved):
            return current
        written = [k for k in saved if self._is_written(k)]
        if not written:
            return current
        last = written[-1]
        if current is None or last.name not in self.course.all_needs(current.name):
            return last
        verdict = self.last_verdicts.get(current.name)
        done = verdict is not None and verdict.passed
        return last if done or last.name not in self.workspace.solved_katas() else current

    def _is_written(self, kata: Kata) -> bool:
        """Return whether a module exists, and is not its stub."""
        text = self.workspace.read(kata.module)
        if isinstance(text, LoadFailure) and text.kind == "missing":
            return False
        return not self.workspace.is_untouched(kata)

    def _is_checked(self, kata: Kata) -> bool:
        """Return whether `kata` is the current one and its text is checked or being checked."""
        if kata is not self.current:
            return False
        checked = self._texts.get(kata.name) if self._job is None else self._job.text
        return checked is not None and checked == self.workspace.read(kata.module)

    def _is_affected(self, kata: Kata, saved: list[Kata]) -> bool:
        """Return whether the saved modules can change the verdict on a kata."""
        if any(k is kata for k in saved):
            return True
        used = self.workspace.solved_katas().intersection(self.course.all_needs(kata.name))
        return any(k.name in used for k in saved)

    def _on_verdict(self, staged: StagedVerdict) -> None:
        job, verdict = staged.job, staged.verdict
        if staged.stage == "verdict":
            if job.text != self.workspace.read(job.kata.module):  # saved again meanwhile
                self.run()
                return
            self._job = None
            self._texts[job.kata.name] = job.text
        self._unstored = staged
        self.last_verdicts[job.kata.name] = verdict
        if staged.stage == "diagnosed":
            self._store()
        for listener in self.listeners:
            listener(job.kata, verdict, staged.stage)

    def _store(self) -> None:
        """Store the reported verdict in the workspace, as `kata check` does."""
        staged, self._unstored = self._unstored, None
        if staged is not None:
            self.workspace.remember(staged.job.kata, staged.verdict)
