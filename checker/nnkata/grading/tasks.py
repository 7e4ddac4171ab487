"""The task of an executor: grade one submission, with a grader that its process reuses."""

from __future__ import annotations

import contextlib
import pickle
import tempfile
import zlib
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from ..checking.assessor import Assessor
from ..checking.pytest_session import Checks
from ..model import Course, Kata, Verdict
from ..sandbox.affinity import pin
from ..sandbox.pool import WorkerPool
from .grader import grade_one, require_protection
from .submissions import OpenSubmission


class GradingJob(Struct, frozen=True):
    """The data that all tasks of a run share."""

    course: Course
    katas: tuple[str, ...]
    seed: int
    required_level: int
    cache: str = ""
    """A folder for the answers of mistakes, shared by the processes of one machine."""

    def pack(self) -> bytes:
        """Return the job as bytes, the first argument of `grade_packed` in every task."""
        return zlib.compress(pickle.dumps(self))


class TaskResult(Struct, frozen=True):
    """The verdicts on one submission, and the limits that its workers had, as texts."""

    verdicts: list[Verdict]
    limits: dict[str, str] = {}


def grade_packed(packed: bytes, submission: OpenSubmission) -> TaskResult:
    """Grade a submission in this process.

    Raises `KataError` if this machine lacks the protection that the job requires.
    """
    grader = ProcessGrader.for_job(packed)
    verdicts = list(grade_one(submission, grader.katas, grader.assessor, grader.job.seed))
    return TaskResult(verdicts, grader.assessor.limits)


class ProcessGrader:
    """The grader of this process: a fork server and collected checks, kept from task to task."""

    processor: ClassVar[int | None] = None
    """The processor that this process is pinned to."""
    _packed: ClassVar[bytes] = b""
    _current: ClassVar[ProcessGrader | None] = None

    def __init__(self, job: GradingJob) -> None:
        """Start a fork server and collect the checks; raises `KataError`."""
        self.job = job
        self.katas = [job.course.katas[name] for name in job.katas]
        self._stack = contextlib.ExitStack()
        pool = self._stack.enter_context(WorkerPool())
        pool.processor = self.processor
        try:
            require_protection(pool, job.required_level)
            cache = Path(job.cache)
            if not cache.is_dir():  # a task on another machine
                folder = tempfile.TemporaryDirectory(prefix="nnkata-grade-")
                cache = Path(self._stack.enter_context(folder))
            checks = Checks(with_needs(job.course, self.katas))
            self.assessor = Assessor(job.course, checks, pool, cache, retry=True)
        except BaseException:
            self.close()
            raise

    @classmethod
    def for_job(cls, packed: bytes) -> ProcessGrader:
        """Return the grader of this process for a job; a grader for another job is closed."""
        if cls._current is None or cls._packed != packed:
            if cls._current is not None:
                cls._current.close()
            cls._current = None
            cls._current, cls._packed = cls(pickle.loads(zlib.decompress(packed))), packed
        return cls._current

    def close(self) -> None:
        """End the fork server and its workers."""
        self._stack.close()


def pin_process(slots: object, jobs: int) -> None:
    """Pin this process to a processor of its own; `slots` is a queue of their numbers."""
    ProcessGrader.processor = pin(slots.get(), jobs)  # type: ignore[attr-defined]


def with_needs(course: Course, katas: list[Kata]) -> list[Kata]:
    """Return the katas and all their prerequisites, in the order of the course."""
    names = {n for kata in katas for n in (*course.all_needs(kata.name), kata.name)}
    return [kata for name, kata in course.katas.items() if name in names]
