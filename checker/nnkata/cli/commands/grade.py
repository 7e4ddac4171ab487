"""`kata grade`: run every hidden check on submissions."""

from __future__ import annotations

import errno
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ... import __version__
from ...errors import (
    CHECKS_FAILED,
    COURSE_BROKEN,
    MACHINERY,
    NEEDS_PERSON,
    USAGE,
    CourseError,
    KataError,
)
from .. import context

if TYPE_CHECKING:
    from ...hookspecs import Policy, Reporter
    from ...model import Course, Verdicts
    from ...plugins import BrokenPlugin

EXISTING = click.Path(path_type=Path)


@dataclass(frozen=True)
class Writer:
    """A reporter that was asked for, and the file that it writes to; None stands for stdout."""

    name: str
    reporter: Reporter
    file: Path | None


@click.command()
@click.argument("path", type=EXISTING)
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
@click.pass_context
def command(
    ctx: click.Context, path: Path, katas: tuple[str, ...], course_name: str | None, each: bool,
    seed: int | None, no_borrow: bool, reveal: str, required: int, deadline: str | None,
    late_per_day: float, policy: str | None, fail_under: float | None, as_json: bool,
    reports: tuple[str, ...], recheck: Path | None,
) -> None:  # fmt: skip
    """Grade PATH: a workspace, a folder or an archive of one, or with --each a folder of those.

    Without --course, the course is the one that a workspace at PATH belongs to.

    Exit codes: 0 every submission got a verdict (1 below --fail-under), 2 usage, 3 the course or
    the policy is broken, 4 the required protection is not available, 5 nnkata itself failed,
    6 complete, but some submissions need a person.
    """
    import tempfile

    from msgspec.structs import replace

    from ...checking.assessor import Assessor, describe_protection
    from ...checking.pytest_session import Checks
    from ...course.loading import require_checks
    from ...files import require_temporary_folder
    from ...grading import grader
    from ...grading.submissions import find_submissions
    from ...model import Verdicts

    submissions = find_submissions(path, each)
    earlier = grader.read_result(recheck) if recheck is not None else None
    if course_name is None and earlier is not None:
        course_name = earlier.course
    course, broken = _pick_course(course_name, submissions)
    context.print_broken_plugins(broken)
    _require_whole(course, broken)
    if no_borrow:
        course = replace(course, borrow=False)
    wanted = [context.pick_kata(course, name) for name in katas] or list(course.katas.values())
    writers = [_pick_writer(option) for option in reports]
    rule = _pick_policy(deadline, late_per_day, policy)
    closure = {n for kata in wanted for n in (*course.all_needs(kata.name), kata.name)}
    needed = [kata for name, kata in course.katas.items() if name in closure]
    require_checks(needed)
    checks = Checks(needed)
    require_temporary_folder()
    with context.start_pool() as pool, tempfile.TemporaryDirectory(prefix="nnkata-grade-") as cache:
        grader.require_protection(pool, required)
        assessor = Assessor(course, checks, pool, Path(cache), retry=True)
        if earlier is not None:
            _recheck(ctx, grader.recheck(earlier, path, assessor))
            return
        seed = grader.draw_seed() if seed is None else seed
        options = grader.GradingOptions(seed, reveal, rule, _name_policy(policy))  # type: ignore[arg-type]
        graded = grader.grade(submissions, wanted, assessor, options)
        result = Verdicts(
            engine=__version__,
            course=course.name,
            seed=options.seed,
            protection=describe_protection(pool, assessor.limits),
            verdicts=graded.verdicts,
            refused=graded.refused,
            needs_person=graded.needs_person,
            policy_error=graded.policy_error,
            package=course.package,
            environment=grader.environment(),
        )
    _write(ctx, result, as_json, writers)
    _exit(ctx, result, fail_under)


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


def _exit(ctx: click.Context, result: Verdicts, fail_under: float | None) -> None:
    """Exit with the code that the result asks for; return if every submission has a verdict."""
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


def _recheck(ctx: click.Context, differences: list[str]) -> None:
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
