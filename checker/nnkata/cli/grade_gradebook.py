"""Write the results of `kata grade` into a gradebook during the run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import KataError

if TYPE_CHECKING:
    from ..gradebook.recorder import GradebookRecorder
    from ..gradebook.records import GradedSubmission, GradingRun
    from ..gradebook.store import Gradebook
    from ..grading.journal import JournalEntry
    from ..grading.scoring import ScoringOptions
    from ..model import Verdicts


def open_for(url: str | None, course: str) -> Gradebook | None:
    """Return the gradebook at a URL, or None if `url` is None; raises `KataError`."""
    from ..gradebook.sources import open_gradebook

    if url is None:
        return None
    book = open_gradebook(url, create=True)
    book.require_course(course)
    return book


def make_recorder(book: Gradebook | None, run: GradingRun) -> GradebookRecorder | None:
    """Return the recorder of a run's results, or None without a gradebook."""
    if book is None:
        return None
    from ..gradebook.recorder import GradebookRecorder

    return GradebookRecorder(book, run, _warn)


def complete_entry(entry: JournalEntry, scoring: ScoringOptions) -> GradedSubmission:
    """Return a submission's verdicts and scores as they will be in the result of the run."""
    from ..gradebook.records import GradedSubmission
    from ..grading.scoring import score_entries

    scored = score_entries([entry], scoring)
    return GradedSubmission(
        submission=entry.submission,
        verdicts=list(scored.verdicts),
        refused=scored.refused,
        needs_person=entry.needs_person,
        policy_error=scored.policy_error,
    )


def record_merged(url: str | None, result: Verdicts) -> None:
    """Write a merged result into a gradebook, if one was named; raises `KataError`."""
    from ..gradebook.records import run_of, split_result

    if url is not None and result.policy_error is None:
        book = open_for(url, result.course)
        assert book is not None
        book.record(run_of(result), split_result(result))


def require_recorded(recorder: GradebookRecorder | None, journal: Path | None) -> None:
    """Raise `KataError` (exit code 5) if a result could not be written into the gradebook."""
    if recorder is None:
        return
    step = "make the database available, then run the command again with the same --seed"
    if journal is not None:
        step = f"make the database available, then continue with --journal {journal} --resume"
    recorder.require_complete(step)


def require_no_recheck(url: str | None, recheck: Path | None) -> None:
    """Raise `KataError` if a gradebook is named for a recheck, which writes no result."""
    if url is not None and recheck is not None:
        raise KataError(
            "--recheck writes no results into a gradebook",
            next_step="leave out --gradebook, or grade without --recheck",
        )


def _warn(message: str) -> None:
    live = sys.stderr is not None and sys.stderr.isatty()
    click.echo("\n" * live + f"warning: {message}", err=True)
