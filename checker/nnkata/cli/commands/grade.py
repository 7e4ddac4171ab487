"""`kata grade`: run every hidden check on submissions."""

from __future__ import annotations

import errno
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import (
    CHECKS_FAILED,
    COURSE_BROKEN,
    MACHINERY,
    NEEDS_PERSON,
    STOPPED,
    USAGE,
    CourseError,
    KataError,
)
from .. import context

if TYPE_CHECKING:
    from ...grading.times import Times
    from ...hookspecs import ExecutorFactory, Policy, Reporter
    from ...model import Course, Verdicts
    from ...plugins import BrokenPlugin
    from ...sandbox.pool import WorkerPool

EXISTING = click.Path(path_type=Path)
MERGE = Path("merge")
"""The first word of `kata grade merge`; a folder of that name is `./merge`."""


@dataclass(frozen=True)
class Writer:
    """A reporter that was asked for, and the file that it writes to; None stands for stdout."""

    name: str
    reporter: Reporter
    file: Path | None


@click.command()
@click.argument("paths", type=EXISTING, nargs=-1, required=True, metavar="PATH")
@click.option("--kata", "katas", multiple=True, help="Grade this kata (default: all).")
@click.option("--course", "course_name", help="The course.")
@click.option("--each", is_flag=True, help="Every entry of the folder PATH is a submission.")
@click.option("--seed", type=click.IntRange(0), help="Repeat a run: the seed that it printed.")
@click.option(
    "--no-borrow",
    is_flag=True,
    help="Lend no reference: a kata whose prerequisite did not pass is not run.",
)
@context.reveal_option
@click.option(
    "--require",
    "required",
    type=click.IntRange(0, 2),
    default=1,
    help="The lowest accepted level of protection (default 1; see `kata doctor`).",
)
@click.option("--deadline", help="Date and time after which a submission is late.")
@click.option(
    "--late-per-day", type=click.FloatRange(0, 1), default=0.1, help="Share lost per day (0.1)."
)
@click.option("--times", "times_file", type=EXISTING, help="When submissions came: a CSV file.")
@click.option("--policy", help="A rule for scores from a plugin.")
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), help="Exit with 1 below this percentage."
)
@click.option("--json", "as_json", is_flag=True, help="Print nnkata/verdicts/v1 on stdout.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="NAME[=FILE]",
    help="Write with a reporter, to FILE or to stdout; may be given more than once.",
)
@click.option(
    "--recheck", type=EXISTING, help="Check whether this earlier result is still the same."
)
@click.option("--jobs", type=click.IntRange(1), help="With --each: how many at once.")
@click.option("--journal", type=EXISTING, help="Write each result to this file at once.")
@click.option("--resume", is_flag=True, help="Go on with the run that wrote --journal.")
@click.option("--shard", metavar="I/N", help="Grade one of N parts; needs --each and --seed.")
@click.option("--executor", "executor_name", help="Where to grade: local, dask, or of a plugin.")
@click.option("--scheduler", help="The address of the executor's scheduler.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], katas: tuple[str, ...], course_name: str | None,
    each: bool, seed: int | None, no_borrow: bool, reveal: str, required: int,
    deadline: str | None, late_per_day: float, times_file: Path | None, policy: str | None,
    fail_under: float | None, as_json: bool, reports: tuple[str, ...], recheck: Path | None,
    jobs: int | None, journal: Path | None, resume: bool, shard: str | None,
    executor_name: str | None, scheduler: str | None,
) -> None:  # fmt: skip
    """Grade PATH: a workspace, a folder or an archive of one, or with --each a folder of those.

    `kata grade merge RESULT...` merges the results of shards (files that --json wrote).

    Without --course, the course is the one that a workspace at PATH belongs to.

    Exit codes: 0 every submission got a verdict (1 below --fail-under), 2 usage, 3 the course or
    the policy is broken, 4 the required protection is not available, 5 nnkata itself failed,
    6 complete, but some submissions need a person, 130 stopped: what was known is written.
    """
    from msgspec.structs import replace

    from ...files import require_temporary_folder
    from ...grading.grader import draw_seed, read_result, require_protection
    from ...grading.journal import open_journal
    from ...grading.scoring import ScoringOptions
    from ...grading.submissions import find_submissions
    from ..grade_run import RunOptions, run

    writers = [_pick_writer(option) for option in reports]
    if paths[0] == MERGE and len(paths) > 1:
        _merge(ctx, list(paths[1:]), as_json, writers, fail_under)
        return
    if len(paths) > 1:
        raise KataError(
            f"`kata grade` takes one PATH, and here are {len(paths)}",
            next_step="put the submissions into one folder, and grade it with --each; "
            "`kata grade merge A.json B.json` merges results",
        )
    _require_partners(each, seed, journal, resume, shard)
    submissions = _take_shard(find_submissions(paths[0], each), shard)
    earlier = read_result(recheck) if recheck is not None else None
    if course_name is None and earlier is not None:
        course_name = earlier.course
    course, broken = _pick_course(course_name, submissions)
    context.print_broken_plugins(broken)
    _require_whole(course, broken)
    if no_borrow:
        course = replace(course, borrow=False)
    wanted = [context.pick_kata(course, name) for name in katas] or list(course.katas.values())
    rule = _pick_policy(deadline, late_per_day, policy)
    times = _read_times(times_file, submissions)
    jobs, factory = _pick_executor(executor_name, jobs if each else 1, len(submissions))
    require_temporary_folder()
    with context.start_pool() as pool:
        if earlier is not None:
            require_protection(pool, required)
            only = {kata.name for kata in wanted} if katas else None
            _recheck(ctx, pool, (earlier, paths[0]), course, only)
            return
        book = None
        if journal is not None:
            book = open_journal(journal, seed, resume, draw_seed())
            seed = book.seed
        scoring = ScoringOptions(reveal, rule, _name_policy(policy), times)  # type: ignore[arg-type]
        options = RunOptions(
            course, wanted, submissions, draw_seed() if seed is None else seed, required, scoring,
            jobs, factory, scheduler, book,
        )  # fmt: skip
        result = run(options, pool)
    _write(ctx, result, as_json, writers)
    _exit(ctx, result, fail_under, journal)


def _merge(
    ctx: click.Context, files: list[Path], as_json: bool, writers: list[Writer],
    fail_under: float | None,
) -> None:  # fmt: skip
    from ...grading.grader import read_result
    from ...grading.merge import merge_results

    result = merge_results([(file, read_result(file)) for file in files])
    _write(ctx, result, as_json, writers)
    _exit(ctx, result, fail_under, None)


def _require_partners(
    each: bool, seed: int | None, journal: Path | None, resume: bool, shard: str | None
) -> None:
    """Raise `KataError` for an option without the one that it needs."""
    if resume and journal is None:
        raise KataError(
            "--resume needs --journal", next_step="name the journal of the run to go on with"
        )
    if shard is not None and (not each or seed is None):
        raise KataError(
            "--shard needs --each and --seed",
            next_step="give every shard the same --seed, a number that no learner knows",
        )


def _take_shard(submissions: list[Path], shard: str | None) -> list[Path]:
    """Return the submissions of a shard I/N, or all; a shard may have none."""
    from ...grading.merge import in_shard, parse_shard

    if shard is None:
        return submissions
    try:
        number, count = parse_shard(shard)
    except ValueError:
        raise KataError(
            f"`{shard}` is not a shard", next_step="write it as 2/4: the second of four"
        ) from None
    return [path for path in submissions if in_shard(path.name, number, count)]


def _read_times(file: Path | None, submissions: list[Path]) -> Times:
    """Return the times in a file; say on stderr for which submissions it has none."""
    from ...grading.submissions import safe_name
    from ...grading.times import Times, read_times

    if file is None:
        return Times()
    times = read_times(file)
    unknown = [name for p in submissions if times.of(name := safe_name(p.name)) is None]
    if unknown:
        more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
        click.echo(
            f"{file} has no time for {', '.join(unknown[:3])}{more}: they count as in time",
            err=True,
        )
    return times


def _pick_executor(
    name: str | None, jobs: int | None, submissions: int
) -> tuple[int, ExecutorFactory | None]:
    """Return how many submissions are graded at once, and what makes the executor.

    Without a name, one submission at a time is graded in this process.
    """
    from ...grading.executors import BUILT_IN, default_jobs
    from ...plugins import installed_plugins

    jobs = min(jobs or default_jobs(), max(1, submissions)) if name is None else jobs
    if name is None:
        return jobs or 1, BUILT_IN["local"] if jobs and jobs > 1 else None
    offered = installed_plugins().executors()
    for same in BUILT_IN.keys() & offered.keys():
        plugin = installed_plugins().owners["executor", same]
        raise CourseError(
            f"the plugin {plugin} offers an executor named {same}, which nnkata has itself",
            next_step=f"uninstall it: pip uninstall {plugin}",
        )
    known = BUILT_IN | offered
    if name not in known:
        raise KataError(f"there is no executor `{name}`", next_step=f"known: {', '.join(known)}")
    return jobs or default_jobs(), known[name]


def _pick_course(
    name: str | None, submissions: list[Path]
) -> tuple[Course, list[BrokenPlugin]]:  # fmt: skip
    """Return the course that was requested, or else the one that the workspaces belong to.

    Raises `KataError` where they belong to several.
    """
    from ...grading.submissions import find_marked_course

    if name is not None:
        return context.pick_course(name)
    marked = sorted({course for path in submissions if (course := find_marked_course(path))})
    if len(marked) > 1:
        raise KataError(
            f"these are workspaces of several courses: {', '.join(marked)}",
            next_step="name one with --course; the others are listed, without a verdict",
        )
    return context.pick_course(*marked, requested=False)


def _require_whole(course: Course, broken: list[BrokenPlugin]) -> None:
    """Raise `CourseError` where a plugin that may belong to the course could not be loaded.

    Otherwise all points of its katas would be missing in every mark.
    """
    from ...plugins import UNKNOWN_COURSE

    for plugin in broken:
        if plugin.course in (course.name, UNKNOWN_COURSE):
            raise CourseError(
                f"{course.name} may lack katas, because the plugin {plugin.plugin} could not be "
                f"loaded: {plugin.why}",
                next_step="fix that plugin, or uninstall its distribution",
            )


def _exit(
    ctx: click.Context, result: Verdicts, fail_under: float | None, journal: Path | None
) -> None:
    """Exit with the code that the result asks for; return if every submission has a verdict."""
    if result.not_graded:
        judged = len({v.submission for v in result.verdicts}) + len(result.needs_person)
        again = "run the command again"
        if journal is not None:
            again = f"go on with --journal {journal} --resume"
        raise KataError(
            f"stopped: {judged} of {judged + len(result.not_graded)} submissions are judged",
            next_step=again,
            exit_code=STOPPED,
        )
    if context.print_broken_course(result.verdicts):
        ctx.exit(COURSE_BROKEN)
    if result.policy_error is not None:
        raise CourseError(
            f"{result.policy_error}. The results have points, but no scores",
            next_step="tell the author of the plugin, or grade without --policy",
        )
    if result.needs_person:
        ctx.exit(NEEDS_PERSON)
    if fail_under is not None and _percentage(result) < fail_under:
        ctx.exit(CHECKS_FAILED)


def _pick_writer(option: str) -> Writer:
    """Return the reporter and the file of an option NAME[=FILE]."""
    name, _, file = option.partition("=")
    return Writer(name, context.pick_reporter(name), Path(file) if file else None)


def _pick_policy(deadline: str | None, per_day: float, name: str | None) -> Policy | None:
    from ...grading.late_policy import LatePolicy, parse_deadline
    from ...plugins import installed_plugins

    if name is not None:
        known = installed_plugins().policies()
        if name not in known:
            offered = ", ".join(known) or "none is installed"
            raise KataError(f"there is no policy `{name}`", next_step=f"known: {offered}")
        return known[name]
    return LatePolicy(parse_deadline(deadline), per_day) if deadline else None


def _name_policy(name: str | None) -> str:
    from ...plugins import installed_plugins

    if name is None:
        return "for late submissions"
    return f"`{name}` of the plugin {installed_plugins().owners['policy', name]}"


def _write(ctx: click.Context, result: Verdicts, as_json: bool, writers: list[Writer]) -> None:
    """Write every report; one that fails is named in the end, when the others are written."""
    failures: list[KataError] = []
    for writer in writers:
        try:
            _write_report(writer, result)
        except KataError as error:
            failures.append(error)
    if as_json:
        context.print_json(result)
    elif not any(writer.file is None for writer in writers):
        _show_result(ctx, result)
    for failure in failures:
        raise failure


def _write_report(writer: Writer, result: Verdicts) -> None:
    """Write one report to its file, or to stdout; raises `KataError`."""
    text = io.StringIO(newline="")
    try:
        writer.reporter(result, text)  # before the file is opened, in case it raises
    except KataError:
        raise
    except Exception as error:  # it may be a plugin's code
        raise CourseError(
            f"the reporter {writer.name} failed: {type(error).__name__}: {error}",
            next_step="tell its author; `--report json=FILE` writes everything",
        ) from None
    if writer.file is None:
        click.echo(text.getvalue().encode("utf-8", "backslashreplace"), nl=False)
        return
    try:
        writer.file.write_text(text.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO)
        raise KataError(
            f"{writer.file} cannot be written: {error.strerror}",
            next_step="free space on its disk, then try again" if full else "name another file",
            exit_code=MACHINERY if full else USAGE,
        ) from None


def _show_result(ctx: click.Context, result: Verdicts) -> None:
    from ...reporters.overview import write_results

    write_results(context.screen(ctx), result)


def _recheck(
    ctx: click.Context, pool: WorkerPool, earlier: tuple[Verdicts, Path], course: Course,
    only: set[str] | None,
) -> None:  # fmt: skip
    """Grade an earlier result again, and say whether it is confirmed or contradicted."""
    import tempfile

    from ...checking.assessor import Assessor
    from ...checking.pytest_session import Checks
    from ...course.loading import require_checks
    from ...grading.recheck import recheck
    from ...grading.tasks import with_needs

    result, path = earlier
    names = {verdict.kata for verdict in result.verdicts}
    wanted = names & course.katas.keys() if only is None else names & only
    needed = with_needs(course, [course.katas[name] for name in wanted])
    require_checks(needed)
    with tempfile.TemporaryDirectory(prefix="nnkata-grade-") as cache:
        assessor = Assessor(course, Checks(needed), pool, Path(cache), retry=True)
        differences = recheck(result, path, assessor, only)
    screen = context.screen(ctx)
    if not differences:
        screen.echo(f"{screen.symbols['passed']} confirmed: the same verdicts again", fg="green")
        return
    screen.echo(f"{screen.symbols['failed']} contradicted:", fg="red")
    for line in differences:
        screen.paragraph(line, indent=2, hang=2)
    ctx.exit(CHECKS_FAILED)


def _percentage(result: Verdicts) -> float:
    most = sum(v.max_points for v in result.verdicts)
    return 100 * sum(v.points for v in result.verdicts) / most if most else 0.0
