"""`kata grade`: run every hidden check on submissions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...errors import (
    CHECKS_FAILED,
    COURSE_BROKEN,
    NEEDS_PERSON,
    STOPPED,
    CourseError,
    KataError,
)
from .. import context
from ..grade_choices import (
    name_policy,
    pick_course,
    pick_executor,
    pick_policy,
    read_times_of,
    require_companions,
    take_shard,
)
from ..grade_gradebook import (
    make_recorder,
    open_for,
    record_merged,
    require_no_recheck,
    require_recorded,
)
from ..grade_output import Writer, pick_writer, write

if TYPE_CHECKING:
    from ...model import Course, Verdicts
    from ...sandbox.pool import WorkerPool

EXISTING = click.Path(path_type=Path)
MERGE = Path("merge")
"""The first word of `kata grade merge`. To grade a folder of this name, write `./merge`."""


@click.command()
@click.argument("paths", type=EXISTING, nargs=-1, required=True, metavar="PATH")
@click.option("--kata", "katas", multiple=True, help="Grade this kata (default: all).")
@click.option("--course", "course_name", help="The course.")
@click.option("--each", is_flag=True, help="Grade every entry of the folder PATH.")
@click.option(
    "--seed", type=click.IntRange(0), help="The seed that an earlier run printed, to repeat it."
)
@click.option(
    "--no-borrow",
    is_flag=True,
    help="Do not lend references: a kata whose prerequisite did not pass is not run.",
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
    "--late-per-day",
    type=click.FloatRange(0, 1),
    default=0.1,
    help="Share of the score lost per day late (0.1).",
)
@click.option("--times", "times_file", type=EXISTING, help="A CSV file with the submission times.")
@click.option("--policy", help="A scoring rule from a plugin.")
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), help="Exit with 1 below this percentage."
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the verdicts as JSON (format nnkata/verdicts/v1).",
)
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="NAME[=FILE]",
    help="Write with a reporter, to FILE or to stdout; may be given more than once.",
)
@click.option("--recheck", type=EXISTING, help="Grade again, and compare with this earlier result.")
@click.option("--jobs", type=click.IntRange(1), help="With --each: how many to grade at once.")
@click.option("--journal", type=EXISTING, help="Append each result to this file.")
@click.option("--resume", is_flag=True, help="Continue the run that wrote the --journal file.")
@click.option(
    "--gradebook", metavar="URL", help="Write each result into this gradebook too (URL or file)."
)
@click.option("--shard", metavar="I/N", help="Grade one of N parts; needs --each and --seed.")
@click.option(
    "--executor", "executor_name", help="Where to grade: local, dask, or a plugin's executor."
)
@click.option("--scheduler", help="The address of the executor's scheduler.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], katas: tuple[str, ...], course_name: str | None,
    each: bool, seed: int | None, no_borrow: bool, reveal: str, required: int,
    deadline: str | None, late_per_day: float, times_file: Path | None, policy: str | None,
    fail_under: float | None, as_json: bool, reports: tuple[str, ...], recheck: Path | None,
    jobs: int | None, journal: Path | None, resume: bool, gradebook: str | None, shard: str | None,
    executor_name: str | None, scheduler: str | None,
) -> None:  # fmt: skip
    """Grade PATH: a workspace, a folder or an archive of one, or with --each a folder of those.

    `kata grade merge RESULT...` merges the results of shards (files that --json wrote).

    Without --course, the course is the one that a workspace at PATH belongs to.

    Exit codes: 0 every submission got a verdict (1 below --fail-under), 2 usage error, 3 the course
    or the policy is broken, 4 the required protection is not available, 5 nnkata itself failed,
    6 complete, but some submissions need a person, 130 stopped: the results so far are written.
    """
    from msgspec.structs import replace

    from ... import __version__
    from ...files import require_temporary_folder
    from ...gradebook.records import GradingRun
    from ...grading.grader import draw_seed, environment, read_result, require_protection
    from ...grading.journal import open_journal
    from ...grading.scoring import ScoringOptions
    from ...grading.submissions import find_submissions
    from ...plugins import require_loaded
    from ..grade_run import RunOptions, run

    writers = [pick_writer(option) for option in reports]
    if paths[0] == MERGE and len(paths) > 1:
        _merge(ctx, list(paths[1:]), as_json, writers, (fail_under, gradebook))
        return
    if len(paths) > 1:
        raise KataError(
            f"`kata grade` takes one PATH, not {len(paths)}",
            next_step="put the submissions into one folder, and grade it with --each; "
            "`kata grade merge A.json B.json` merges results",
        )
    require_companions(each, seed, journal, resume, shard)
    require_no_recheck(gradebook, recheck)
    submissions = take_shard(find_submissions(paths[0], each), shard)
    earlier = read_result(recheck) if recheck is not None else None
    if course_name is None and earlier is not None:
        course_name = earlier.course
    course, broken = pick_course(course_name, submissions)
    context.print_broken_plugins(broken)
    require_loaded(course, broken)
    if no_borrow:
        course = replace(course, borrow=False)
    wanted = [context.pick_kata(course, name) for name in katas] or list(course.katas.values())
    rule = pick_policy(deadline, late_per_day, policy)
    times = read_times_of(times_file, submissions)
    jobs, factory = pick_executor(executor_name, jobs if each else 1, len(submissions))
    require_temporary_folder()
    opened_gradebook = open_for(gradebook, course.name)
    with context.start_pool() as pool:
        if earlier is not None:
            require_protection(pool, required)
            only = {kata.name for kata in wanted} if katas else None
            _recheck(ctx, pool, (earlier, paths[0]), course, only)
            return
        opened_journal = None
        if journal is not None:
            opened_journal = open_journal(journal, seed, resume, draw_seed())
            seed = opened_journal.seed
        scoring = ScoringOptions(reveal, rule, name_policy(policy), times)  # type: ignore[arg-type]
        seed = draw_seed() if seed is None else seed
        grading_run = GradingRun(
            course=course.name, engine=__version__, seed=seed, package=course.package,
            environment=environment(), protection=require_protection(pool, required),
        )  # fmt: skip
        recorder = make_recorder(opened_gradebook, grading_run)
        options = RunOptions(
            course, wanted, submissions, seed, required, scoring, jobs, factory, scheduler,
            opened_journal, recorder,
        )  # fmt: skip
        ran = run(options, pool)
    try:
        write(ctx, ran.result, as_json, writers)
        require_recorded(recorder, journal)
    except KataError as error:
        if ran.failure is None:
            raise
        click.echo(error.message, err=True)
    if ran.failure is not None:
        raise ran.failure
    _exit(ctx, ran.result, fail_under, journal)


def _merge(
    ctx: click.Context, files: list[Path], as_json: bool, writers: list[Writer],
    options: tuple[float | None, str | None],
) -> None:  # fmt: skip
    """Merge results, and write the merged one, into the gradebook too if there is one."""
    from ...grading.grader import read_result
    from ...grading.merge import merge_results

    result = merge_results([(file, read_result(file)) for file in files])
    fail_under, gradebook = options
    write(ctx, result, as_json, writers)
    record_merged(gradebook, result)
    _exit(ctx, result, fail_under, None)


def _exit(
    ctx: click.Context, result: Verdicts, fail_under: float | None, journal: Path | None
) -> None:
    """Exit with the code for the result; return if every submission has a verdict."""
    if result.not_graded:
        graded = len({v.submission for v in result.verdicts}) + len(result.needs_person)
        again = "run the command again"
        if journal is not None:
            again = f"continue with --journal {journal} --resume"
        raise KataError(
            f"stopped: {graded} of {graded + len(result.not_graded)} submissions were graded",
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
