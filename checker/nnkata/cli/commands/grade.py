"""`kata grade`: run every hidden check on submissions."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ... import __version__
from ...errors import CHECKS_FAILED, COURSE_BROKEN, KataError
from .. import context

if TYPE_CHECKING:
    from ...hookspecs import Policy, Reporter
    from ...model import Verdicts

EXISTING = click.Path(path_type=Path)


@click.command()
@click.argument("path", type=EXISTING)
@click.option("--kata", "katas", multiple=True, help="Grade this kata (default: all).")
@click.option("--course", "course_name", help="The course.")
@click.option("--each", is_flag=True, help="Every entry of the folder PATH is a submission.")
@click.option("--seed", type=click.IntRange(0), help="Repeat a run: the seed that it printed.")
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
    seed: int | None, reveal: str, required: int, deadline: str | None, late_per_day: float,
    policy: str | None, fail_under: float | None, as_json: bool, reports: tuple[str, ...],
    recheck: Path | None,
) -> None:  # fmt: skip
    """Grade PATH: a workspace, a folder or an archive of one, or with --each a folder of those.

    Exit codes: 0 every submission got a verdict (1 below --fail-under), 2 usage, 3 the course is
    broken, 4 the required protection is not available, 5 nnkata itself failed.
    """
    import tempfile

    from ...checking.assessor import Assessor, describe_protection
    from ...checking.pytest_session import Checks
    from ...course.loading import require_checks
    from ...grading import grader
    from ...model import Verdicts

    course, broken = context.pick_course(course_name)
    context.print_broken_plugins(broken)
    wanted = [context.pick_kata(course, name) for name in katas] or list(course.katas.values())
    submissions = grader.find_submissions(path, each)
    writers = [_pick_writer(option) for option in reports]
    rule = _pick_policy(deadline, late_per_day, policy)
    closure = {n for kata in wanted for n in (*course.all_needs(kata.name), kata.name)}
    needed = [kata for name, kata in course.katas.items() if name in closure]
    require_checks(needed)
    checks = Checks(needed)
    with context.start_pool() as pool, tempfile.TemporaryDirectory(prefix="nnkata-grade-") as cache:
        grader.require_protection(pool, required)
        assessor = Assessor(course, checks, pool, Path(cache), retry=True)
        if recheck is not None:
            _recheck(ctx, grader.recheck(grader.read_result(recheck), path, assessor))
            return
        options = grader.GradingOptions(grader.draw_seed() if seed is None else seed, reveal, rule)  # type: ignore[arg-type]
        verdicts, refused = grader.grade(submissions, wanted, assessor, options)
        result = Verdicts(
            engine=__version__,
            course=course.name,
            seed=options.seed,
            protection=describe_protection(pool, assessor.limits),
            verdicts=verdicts,
            refused=refused,
            package=course.package,
            environment=grader.environment(),
        )
    _write(ctx, result, as_json, writers)
    if context.print_broken_course(verdicts):
        ctx.exit(COURSE_BROKEN)
    if fail_under is not None and _percentage(result) < fail_under:
        ctx.exit(CHECKS_FAILED)


def _pick_writer(option: str) -> tuple[Reporter, Path | None]:
    """Return the reporter and the file of an option NAME[=FILE]; None stands for stdout."""
    name, _, file = option.partition("=")
    return context.pick_reporter(name), Path(file) if file else None


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


def _write(
    ctx: click.Context, result: Verdicts, as_json: bool, writers: list[tuple[Reporter, Path | None]]
) -> None:
    for writer, file in writers:
        if file is None:
            context.print_report(writer, result)
            continue
        text = io.StringIO(newline="")
        writer(result, text)  # before the file is opened, in case the reporter raises
        try:
            file.write_text(text.getvalue(), encoding="utf-8", newline="")
        except OSError as error:
            raise KataError(
                f"{file} cannot be written: {error.strerror}", next_step="name another file"
            ) from None
    if as_json:
        context.print_json(result)
    elif not any(file is None for _, file in writers):
        _show_result(ctx, result)


def _show_result(ctx: click.Context, result: Verdicts) -> None:
    from ...reporters.terminal import write_results

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
