"""Interpret the options of `kata grade`: submissions, course, rule, times and executor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import CourseError, KataError
from . import context

if TYPE_CHECKING:
    from ..grading.times import Times
    from ..hookspecs import ExecutorFactory, Policy
    from ..model import Course
    from ..plugins import BrokenPlugin


def require_companions(
    each: bool, seed: int | None, journal: Path | None, resume: bool, shard: str | None
) -> None:
    """Raise `KataError` if an option is given without another one that it needs."""
    if resume and journal is None:
        raise KataError(
            "--resume needs --journal", next_step="name the journal of the run to continue"
        )
    if shard is not None and (not each or seed is None):
        raise KataError(
            "--shard needs --each and --seed",
            next_step="give every shard the same --seed, a number that no learner knows",
        )


def take_shard(submissions: list[Path], shard: str | None) -> list[Path]:
    """Return the submissions of the shard I/N, or all if `shard` is None; a shard may be empty."""
    from ..grading.merge import in_shard, parse_shard

    if shard is None:
        return submissions
    try:
        number, count = parse_shard(shard)
    except ValueError:
        raise KataError(
            f"`{shard}` is not a shard", next_step="write it as 2/4: the second of four"
        ) from None
    return [path for path in submissions if in_shard(path.name, number, count)]


def read_times_of(file: Path | None, submissions: list[Path]) -> Times:
    """Return the times in a file; list the submissions without a time on stderr."""
    from ..grading.times import Times, read_times
    from ..text.sanitize import escape_name

    if file is None:
        return Times()
    times = read_times(file)
    unknown = [name for p in submissions if times.of(name := escape_name(p.name)) is None]
    if unknown:
        more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
        click.echo(
            f"{file} has no time for {', '.join(unknown[:3])}{more}: they count as on time",
            err=True,
        )
    return times


def pick_executor(
    name: str | None, jobs: int | None, submissions: int
) -> tuple[int, ExecutorFactory | None]:
    """Return how many submissions are graded at once, and the factory of the executor.

    Without a name, one submission at a time is graded in this process.
    """
    from ..grading.executors import BUILT_IN, default_jobs
    from ..plugins import installed_plugins

    jobs = min(jobs or default_jobs(), max(1, submissions)) if name is None else jobs
    if name is None:
        return jobs or 1, BUILT_IN["local"] if jobs and jobs > 1 else None
    offered = installed_plugins().executors()
    for same in BUILT_IN.keys() & offered.keys():
        plugin = installed_plugins().owners["executor", same]
        raise CourseError(
            f"the plugin {plugin} offers an executor named {same}, but nnkata has one of that name",
            next_step=f"uninstall it: pip uninstall {plugin}",
        )
    known = BUILT_IN | offered
    if name not in known:
        raise KataError(
            f"there is no executor `{name}`", next_step=f"known executors: {', '.join(known)}"
        )
    return jobs or default_jobs(), known[name]


def pick_course(
    name: str | None, submissions: list[Path]
) -> tuple[Course, list[BrokenPlugin]]:  # fmt: skip
    """Return the course that was requested, or else the one that the workspaces belong to.

    Raises `KataError` if they belong to several.
    """
    from ..grading.submissions import find_submission_course

    if name is not None:
        return context.pick_course(name)
    marked = sorted({course for path in submissions if (course := find_submission_course(path))})
    if len(marked) > 1:
        raise KataError(
            f"these are workspaces of several courses: {', '.join(marked)}",
            next_step="name one with --course; the others are listed, without a verdict",
        )
    return context.pick_course(*marked, requested=False)


def pick_policy(deadline: str | None, per_day: float, name: str | None) -> Policy | None:
    """Return the requested scoring rule: a plugin's, or the one for late submissions, or None."""
    from ..grading.late_policy import LatePolicy, parse_deadline
    from ..plugins import installed_plugins

    if name is not None:
        known = installed_plugins().policies()
        if name not in known:
            offered = ", ".join(known) or "none is installed"
            raise KataError(f"there is no policy `{name}`", next_step=f"known policies: {offered}")
        return known[name]
    return LatePolicy(parse_deadline(deadline), per_day) if deadline else None


def name_policy(name: str | None) -> str:
    """Return the name of that rule for error messages."""
    from ..plugins import installed_plugins

    if name is None:
        return "for late submissions"
    return f"`{name}` of the plugin {installed_plugins().owners['policy', name]}"
