"""One run of `kata grade`: an executor grades the submissions; a stopped run keeps its results."""

from __future__ import annotations

import functools
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from .. import __version__
from ..checking.assessor import Assessor, describe_protection
from ..checking.pytest_session import Checks
from ..course.loading import require_checks
from ..errors import KataError, MachineryError
from ..grading.cohort import Cohort, Opener, Task, content_key
from ..grading.executors import SerialExecutor
from ..grading.grader import environment, grade_one, require_protection
from ..grading.journal import Journal
from ..grading.scoring import ScoringOptions, score_entries
from ..grading.submissions import open_submission, single_module
from ..grading.tasks import GradingJob, TaskResult, grade_packed, with_needs
from ..hookspecs import ExecutorFactory
from ..model import Course, Kata, Verdicts
from ..sandbox.pool import WorkerPool
from ..sequences import LazySequence
from ..text.sanitize import escape_name
from .grade_gradebook import complete_entry
from .terminal.grade_progress import GradeProgress

if TYPE_CHECKING:
    from ..gradebook.recorder import GradebookRecorder


class RunOptions(Struct, frozen=True):
    """The options of a run: what it grades, and where."""

    course: Course
    katas: list[Kata]
    submissions: list[Path]
    seed: int
    required_level: int
    scoring: ScoringOptions
    jobs: int = 1
    executor: ExecutorFactory | None = None
    """None: grade in this process, one submission after the other."""
    scheduler: str | None = None
    journal: Journal | None = None
    recorder: GradebookRecorder | None = None
    """Writes each result into a gradebook."""


class RunResult(Struct, frozen=True):
    """The result of a run, and the error that stopped it early, if there was one."""

    result: Verdicts
    failure: KataError | None = None


def run(options: RunOptions, pool: WorkerPool) -> RunResult:
    """Grade all submissions; return the result, which names those that were not graded.

    Ctrl-C and SIGTERM stop a run, and so does a failure of the machine, such as a full disk or a
    lost scheduler. Raises `KataError` if nothing was graded before that failure.
    """
    needed = with_needs(options.course, options.katas)
    require_checks(needed)
    require_protection(pool, options.required_level)
    names = [kata.name for kata in options.katas]
    with tempfile.TemporaryDirectory(prefix="nnkata-grade-") as cache:
        make, task = _choose_executor(options, pool, Path(cache))
        key = content_key(options.course, names, options.seed)
        cohort = Cohort(make, task, key, options.jobs, options.journal)
        opener = functools.partial(
            open_submission, course=options.course, pool=pool, single=single_module(options.katas)
        )
        with closing(cohort.store):
            failure = _grade(options, cohort, opener)
            in_order = [escape_name(path.name) for path in options.submissions]
            graded = [name for name in in_order if name in cohort.places]
            entries = LazySequence(graded, cohort.read)
            try:
                scored = score_entries(entries, options.scoring, stored=True)
            except MachineryError as error:  # the same full disk may have stopped the run
                raise failure or error from None
    result = Verdicts(
        engine=__version__,
        course=options.course.name,
        seed=options.seed,
        protection=describe_protection(pool, cohort.limits),
        verdicts=scored.verdicts,
        refused=scored.refused,
        needs_person=scored.needs_person,
        not_graded=[name for name in in_order if name not in cohort.places],
        policy_error=scored.policy_error,
        package=options.course.package,
        environment=environment(),
    )
    return RunResult(result, failure)


def _grade(options: RunOptions, cohort: Cohort, opener: Opener) -> KataError | None:
    """Grade until the end or a stop; return the failure of the machine that stopped it, if any."""
    failure: KataError | None = None
    progress = GradeProgress(len(options.submissions))
    try:
        with _stop_on_sigterm():
            for entry in cohort.run(options.submissions, opener):
                progress.count(entry.submission)
                if options.recorder is not None:
                    options.recorder.add(complete_entry(entry, options.scoring))
    except KeyboardInterrupt:
        if len(options.submissions) < 2:  # there is nothing to keep
            raise
    except (MachineryError, OSError) as error:
        if not cohort.places:
            raise
        failure = _name_failure(error)
    finally:
        progress.end()
        if options.recorder is not None:
            taken = options.recorder.taken
            options.recorder.finish(
                complete_entry(cohort.read(name), options.scoring)
                for name in cohort.places
                if name not in taken
            )
    return failure


def _name_failure(error: MachineryError | OSError) -> KataError:
    if isinstance(error, MachineryError):
        return error
    where = f": {error.filename}" if error.filename else ""
    return MachineryError(
        f"{error.strerror or error}{where}",
        next_step="fix that, then run the command again; with --journal, --resume continues it",
    )


def _choose_executor(
    options: RunOptions, pool: WorkerPool, cache: Path
) -> tuple[Callable[[], Executor], Task]:
    """Return the factory of the executor, and the function that it runs for each submission."""
    names = tuple(kata.name for kata in options.katas)
    factory = options.executor
    if factory is not None:
        job = GradingJob(options.course, names, options.seed, options.required_level, str(cache))
        task = functools.partial(grade_packed, job.pack())
        return lambda: factory(options.jobs, options.scheduler), task
    checks = Checks(with_needs(options.course, options.katas))
    assessor = Assessor(options.course, checks, pool, cache, retry=True)

    def grade_here(submission: Any) -> TaskResult:
        verdicts = list(grade_one(submission, options.katas, assessor, options.seed))
        return TaskResult(verdicts, assessor.limits)

    return SerialExecutor, grade_here


@contextmanager
def _stop_on_sigterm() -> Iterator[None]:
    """Let SIGTERM, which a batch system sends before SIGKILL, stop a run as Ctrl-C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
