"""Grade many submissions at once: each is a task of an executor; its result is stored immediately.

Submissions with the same modules are graded once. A submission whose grader dies is graded again
alone, at most twice; if its grader dies each time, a person has to look at it, and it gets no mark.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from .. import __version__
from ..course.hashes import checks_sha256
from ..errors import KataError
from ..model import Course, NeedsPerson, Rejection
from ..text.sanitize import escape_name, one_line
from .grader import environment
from .journal import EntryStore, JournalEntry, TemporaryEntries
from .layouts import NeedsPersonError
from .submissions import OpenSubmission
from .tasks import TaskResult, with_needs

IN_FLIGHT_PER_JOB = 3
MAX_IN_FLIGHT = 2000
TRIES_ALONE = 2
"""How often a submission whose grader died is graded again: the cause may be an accident."""
Opener = Callable[[Path], OpenSubmission]
Task = Callable[[OpenSubmission], TaskResult]


def content_key(course: Course, katas: list[str], seed: int) -> Callable[[OpenSubmission], str]:
    """Return a function that hashes everything that the verdicts on a submission depend on.

    These are its modules, the katas and the checks, mistakes and references of all that they need,
    the engine, the seed, whether references are lent, and the versions of Python and its packages.
    """
    needed = with_needs(course, [course.katas[name] for name in katas])
    files = [file for kata in needed for file in sorted(kata.folder.rglob("*")) if file.is_file()]
    files += [kata.reference for kata in needed if kata.reference.is_file()]
    files += [course.given[name] for name in sorted(course.given)]
    common = hashlib.sha256()
    for text in (__version__, course.name, str(course.borrow), str(seed), *katas):
        common.update(f"{text}\n".encode())
    for kata in needed:
        common.update(checks_sha256(kata).encode())
    for file in files:
        if "__pycache__" not in file.parts:
            common.update(hashlib.sha256(file.read_bytes()).digest())
    common.update(repr(sorted(environment().items())).encode())

    def key(submission: OpenSubmission) -> str:
        own = common.copy()
        own.update(msgspec.json.encode(sorted(submission.modules.items())))
        return own.hexdigest()

    return key


class Cohort:
    """Grades the submissions of one run with an executor."""

    def __init__(
        self, make_executor: Callable[[], Executor], task: Task,
        key: Callable[[OpenSubmission], str], jobs: int, store: EntryStore | None = None,
    ) -> None:  # fmt: skip
        """Prepare a run; `task` must be picklable if the executor needs that.

        The entries are kept in `store`, such as a journal; by default, in a temporary file.
        """
        self.make_executor = make_executor
        self.task = task
        self.key = key
        self.most = min(MAX_IN_FLIGHT, IN_FLIGHT_PER_JOB * jobs)
        self.store: EntryStore = TemporaryEntries() if store is None else store
        self.limits: dict[str, str] = {}
        """The limits that workers had, as texts."""
        self._executor: Executor | None = None
        self._in_flight: dict[Future[TaskResult], tuple[OpenSubmission, str]] = {}
        self._same: dict[str, list[_Alike]] = {}
        """The submissions that wait for one in flight with the same key."""
        self._graded: dict[str, int] = {}
        """The place of an entry with verdicts for each key."""
        self.places: dict[str, int] = {}
        """The places of the entries so far, by submission; complete even if `run` is stopped."""

    def run(
        self, paths: Iterable[Path], open_submission: Opener
    ) -> Generator[JournalEntry, None, None]:
        """Yield one entry per submission as soon as it is known, in any order.

        Raises `KataError` if the machine cannot grade at all.
        """
        try:
            for path in paths:
                yield from self._begin(path, open_submission)
                while len(self._in_flight) >= self.most:
                    yield from self._collect()
            while self._in_flight:
                yield from self._collect()
        except BaseException as error:
            self._end_executor(error)
            raise
        self._end_executor(None)

    def read(self, submission: str) -> JournalEntry:
        """Return the entry of a submission in `places`."""
        return self.store.read(self.places[submission])

    def _begin(self, path: Path, open_submission: Opener) -> Iterator[JournalEntry]:
        """Open a submission and hand it to the executor, unless its verdicts are known."""
        name = escape_name(path.name)
        try:
            submission = open_submission(path)
        except NeedsPersonError as error:
            refused = [replace(r, submission=name) for r in error.refused]
            entry = JournalEntry(submission=name, needs_person=error.entry(name), refused=refused)
            yield self._keep(entry)
            return
        key = self.key(submission)
        known = self.store.recall(name, key)
        if known is not None:
            self._graded.setdefault(key, known)
            self.places[name] = known
            yield self.read(name)
        elif key in self._graded:
            entry = self.store.read(self._graded[key])
            yield self._keep(_copy(entry, _Alike(name, submission.refused)))
        elif key in self._same:
            self._same[key].append(_Alike(name, submission.refused))
        else:
            self._same[key] = []
            self._submit(submission, key)

    def _submit(self, submission: OpenSubmission, key: str) -> None:
        if self._executor is None:
            self._executor = self.make_executor().__enter__()
        try:
            future = self._executor.submit(self.task, submission)
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        self._in_flight[future] = submission, key

    def _collect(self) -> Iterator[JournalEntry]:
        """Wait until a task is done, and yield the entries of finished tasks."""
        done, _ = wait(self._in_flight, return_when=FIRST_COMPLETED)
        for future in done:
            if isinstance(future.exception(), BrokenExecutor):
                yield from self._grade_alone()
                return
            yield from self._finish(*self._in_flight.pop(future), future)

    def _grade_alone(self) -> Iterator[JournalEntry]:
        """After a process died, grade all submissions that were in flight one by one."""
        suspects = list(self._in_flight.items())
        self._in_flight.clear()
        self._end_executor(None)
        for future, (submission, key) in suspects:
            if future.done() and future.exception() is None:
                yield from self._finish(submission, key, future)
                continue
            again = future
            for _ in range(TRIES_ALONE):
                self._submit(submission, key)
                (again,) = self._in_flight
                wait([again])
                self._in_flight.clear()
                if not isinstance(again.exception(), BrokenExecutor):
                    break
                self._end_executor(None)
            yield from self._finish(submission, key, again)

    def _finish(
        self, submission: OpenSubmission, key: str, future: Future[TaskResult]
    ) -> Iterator[JournalEntry]:
        """Yield the entries of a finished task: its submission, and those with the same modules."""
        alike = [_Alike(submission.name, submission.refused), *self._same.pop(key, [])]
        error = future.exception()
        if isinstance(error, KataError):  # it would be the same for every submission
            raise error
        if error is not None:
            for one in alike:
                yield self._keep(_make_lost_entry(one.name, error))
            return
        result = future.result()
        self.limits = result.limits or self.limits
        first = JournalEntry(submission=submission.name, key=key, verdicts=result.verdicts)
        for one in alike:
            yield self._keep(_copy(first, one))

    def _keep(self, entry: JournalEntry) -> JournalEntry:
        """Store an entry; return it."""
        place = self.store.add(entry)
        self.places[entry.submission] = place
        if entry.verdicts:
            self._graded.setdefault(entry.key, place)
        return entry

    def _end_executor(self, error: BaseException | None) -> None:
        """End the executor if one was started; `error` is the exception that ended the run."""
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.__exit__(type(error) if error is not None else None, error, None)


class _Alike(Struct, frozen=True):
    """A submission with the same modules as another one; its texts need not be kept."""

    name: str
    refused: list[Rejection]


def _copy(entry: JournalEntry, alike: _Alike) -> JournalEntry:
    """Return the entry of another submission with the same modules."""
    return JournalEntry(
        submission=alike.name,
        key=entry.key,
        verdicts=[replace(v, submission=alike.name) for v in entry.verdicts],
        refused=[replace(r, submission=alike.name) for r in alike.refused],
    )


def _make_lost_entry(name: str, error: BaseException) -> JournalEntry:
    """Return the entry, without a mark, of a submission whose grader died or failed."""
    died = isinstance(error, BrokenExecutor)
    words = "its process died" if died else one_line(f"{type(error).__name__}: {error}")
    person = NeedsPerson(
        name,
        f"grading it failed: {words}",
        name,
        "grade it alone; if that fails too, report it with the messages of that run",
    )
    return JournalEntry(submission=name, needs_person=person)
