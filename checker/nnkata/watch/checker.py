"""Check modules in a thread of their own, and post the verdicts."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Literal

from msgspec import Struct

from ..checking.assessor import Assessor, CheckedKata
from ..checking.pytest_session import Checks
from ..checking.repair import stage_causes
from ..checking.runtime import Submission, WorkerSlot
from ..errors import KataError
from ..model import Kata, LoadFailure, Verdict
from ..sandbox.pool import WorkerPool
from ..sandbox.worker_client import WaitAbandonedError, WorkerLostError
from ..workspace.workspace import Workspace

VerdictStage = Literal["verdict", "diagnosed"]


class CheckJob(Struct, frozen=True):
    """The text of a module that is to be checked."""

    number: int
    kata: Kata
    text: str | LoadFailure
    submission: Submission
    needs: list[CheckJob] = []
    """Prerequisites that have changed since they passed: checked after this kata."""


class StagedVerdict(Struct, frozen=True):
    """A message from the checker: the verdict on a job, and whether it is diagnosed."""

    job: CheckJob
    verdict: Verdict
    stage: VerdictStage


class PrerequisiteChecked(Struct, frozen=True):
    """A message from the checker: the verdict on a prerequisite of a job's kata."""

    job: CheckJob
    need: CheckJob
    verdict: Verdict


class CheckFailure(Struct, frozen=True):
    """A message from the checker: the exception that prevented a verdict."""

    job: CheckJob
    error: BaseException


class Checker:
    """Checks modules in a thread of its own: always the job that was requested last."""

    def __init__(
        self,
        workspace: Workspace,
        pool: WorkerPool,
        post: Callable[[StagedVerdict | PrerequisiteChecked | CheckFailure], None],
    ) -> None:
        """Check modules of `workspace` with workers of `pool`; `post` receives the messages."""
        self.workspace = workspace
        self.pool = pool
        self.post = post
        self.jobs: queue.SimpleQueue[tuple[CheckJob, bool] | None] = queue.SimpleQueue()
        self.lock = threading.Lock()
        self.assessors: dict[str, Assessor] = {}
        self.spare: WorkerSlot | None = None
        pool.open_wakeup()
        self.thread = threading.Thread(target=self._run, name="checks", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self.thread.start()

    def check(self, job: CheckJob) -> None:
        """Check a job, and abandon the one that is under way."""
        self._request((job, True))

    def prepare(self, job: CheckJob) -> None:
        """Collect a kata's checks and start a worker, so that the next check starts at once."""
        self._request((job, False))

    def close(self) -> None:
        """Abandon the present job, end the thread, and wait until it has ended."""
        self._request(None)
        if self.thread.ident is not None:
            self.thread.join()
        self._drop_spare()
        self.pool.close_wakeup()

    def _request(self, job: tuple[CheckJob, bool] | None) -> None:
        with self.lock:
            self.jobs.put(job)
            self.pool.abandon_waits()

    def _next(self) -> tuple[CheckJob, bool] | None:
        """Wait for a request and return the latest one; waits for workers are allowed again."""
        job = self.jobs.get()
        with self.lock:
            with suppress(queue.Empty):
                while True:
                    job = self.jobs.get_nowait()
            self.pool.allow_waits()
        return job

    def _run(self) -> None:
        while (request := self._next()) is not None:
            job, check = request
            try:
                assessor = self._assessor(job.kata)
                checked = self._check(assessor, job) if check else None
                self._start_spare(assessor, job, checked)
                if check:
                    self._check_needs(job)
            except WaitAbandonedError:
                continue
            except BaseException as error:
                self.post(CheckFailure(job, error))

    def _assessor(self, kata: Kata) -> Assessor:
        """Return the assessor of a kata; its checks are collected at the first call."""
        assessor = self.assessors.get(kata.name)
        if assessor is None:
            assessor = self.assessors[kata.name] = Assessor(
                self.workspace.course, Checks([kata]), self.pool, self.workspace.state / "cache"
            )
        return assessor

    def _check(self, assessor: Assessor, job: CheckJob) -> CheckedKata:
        slot, self.spare = self.spare, None
        try:
            checked = assessor.check(job.kata, job.submission, slot=slot)
            self.post(StagedVerdict(job, checked.verdict, "verdict"))
        finally:
            if slot is not None:
                slot.close()
        verdict = assessor.diagnose(checked)
        if job.kata.file.repair:
            text = job.text if isinstance(job.text, str) else None
            verdict = stage_causes(job.kata, text, verdict)
        self.post(StagedVerdict(job, verdict, "diagnosed"))
        return checked

    def _check_needs(self, job: CheckJob) -> None:
        """Check the prerequisites of a job that have changed since they passed."""
        for need in job.needs:
            assessor = self._assessor(need.kata)
            verdict = assessor.diagnose(assessor.check(need.kata, need.submission))
            self.post(PrerequisiteChecked(job, need, verdict))

    def _start_spare(self, assessor: Assessor, job: CheckJob, checked: CheckedKata | None) -> None:
        """Start the worker of the next check ahead; if that fails, the check starts its own."""
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
