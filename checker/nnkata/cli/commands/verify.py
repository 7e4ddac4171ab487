"""`kata verify`: verify that katas are complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ... import __version__
from ...errors import CHECKS_FAILED, COURSE_BROKEN, KataError
from .. import context

if TYPE_CHECKING:
    from ...model import Course


@click.command()
@click.argument("katas", nargs=-1)
@click.option("--course", "course_name", help="The course to verify.")
@click.option(
    "--mutants",
    is_flag=True,
    help="Also run the checks on mutants of the reference; needs nnkata[author].",
)
@click.option(
    "--seeds",
    type=click.IntRange(1),
    default=None,
    help="Number of seeds to check correct solutions with (default: 20).",
)
@click.option("--all", "again", is_flag=True, help="Verify again katas that are already verified.")
@click.option("--points", is_flag=True, help="Print the points that each mistake earns.")
@click.option("--show", "mistake", metavar="MISTAKE", help="Print one mistake as a whole module.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the results as JSON (format nnkata/verify/v1)."
)
@click.option(
    "--jobs", type=click.IntRange(1), default=None, help="Processes (default: one per core)."
)
@click.pass_context
def command(
    ctx: click.Context, katas: tuple[str, ...], course_name: str | None, mutants: bool,
    seeds: int | None, again: bool, points: bool, mistake: str | None, as_json: bool,
    jobs: int | None,
) -> None:  # fmt: skip
    """Verify that KATAS (default: all) are complete, and show what is missing.

    Exit codes: 0 all are complete, 1 something is missing, 2 cosmic-ray is needed and not
    installed, 3 a file of the course is broken.
    """
    from ...course.loading import require_checks
    from ...sandbox.affinity import usable_processors
    from ...verify.seed_checks import SEEDS
    from ...verify.verifier import VerifyOptions, VerifyReport, report_lines, verify_all

    course, broken = context.pick_course(course_name)
    context.print_broken_plugins(broken)
    names = [context.pick_kata(course, name).name for name in katas] or list(course.katas)
    if mistake is not None:
        _show(course, names, mistake)
        return
    require_checks(course.katas[name] for name in names)
    with context.start_pool() as pool:
        options = VerifyOptions(seeds=seeds or SEEDS, mutants=mutants, again=again, points=points)
        reports = verify_all(course, names, pool, jobs or usable_processors(), options)
    done = all(report.done for report in reports)
    if as_json:
        context.print_json(
            VerifyReport(engine=__version__, course=course.name, done=done, katas=reports)
        )
    else:
        screen = context.screen(ctx)
        for report in reports:
            report_lines(report, screen.echo)
        count = sum(report.done for report in reports)
        screen.echo(f"{count} of {len(reports)} katas are done")
    if any(report.broken for report in reports):
        ctx.exit(COURSE_BROKEN)
    if not done:
        ctx.exit(CHECKS_FAILED)


def _show(course: Course, names: list[str], mistake: str) -> None:
    """Print a mistake as a whole module."""
    from ...course.mistakes import read_mistake

    if len(names) != 1:
        raise KataError(
            "--show prints a mistake of one kata",
            next_step=f"name the kata: kata verify KATA --show {mistake}",
        )
    kata = course.katas[names[0]]
    known = [path.stem for path in kata.mistakes()]
    if mistake not in known:
        raise KataError(
            f"{kata.name} has no mistake `{mistake}`",
            next_step=f"known mistakes: {', '.join(known)}",
        )
    click.echo(read_mistake(kata, mistake).module, nl=False)
