"""`kata check`: run the hidden checks, show the verdict, and store it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ... import __version__
from ...errors import CHECKS_FAILED, COURSE_BROKEN, KataError
from ...workspace.next_step import next_step
from .. import context
from ..messages import show_verdict
from ..terminal.check_progress import CheckProgress

if TYPE_CHECKING:
    from ...model import Kata, Verdict
    from ...workspace.workspace import Workspace


@click.command()
@click.argument("katas", nargs=-1)
@click.option(
    "--all",
    "whole",
    is_flag=True,
    help="Show all failing checks of a kata, not only the first. For all katas, see --every.",
)
@click.option(
    "--every",
    is_flag=True,
    help="Check all katas of the course. For all failing checks, see --all.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the verdicts as JSON (format nnkata/verdicts/v1).",
)
@click.option(
    "--report", "reporter", metavar="NAME",
    help="Write the result in this format, for example json, junit or html.",
)  # fmt: skip
@click.option("--seed", type=click.IntRange(0), help="Generate the checks' inputs with this seed.")
@context.reveal_option
@click.option(
    "--debug",
    is_flag=True,
    help="Run in this process, without a sandbox, so that breakpoint() works.",
)
@click.pass_context
def command(
    ctx: click.Context, katas: tuple[str, ...], whole: bool, every: bool, as_json: bool,
    reporter: str | None, seed: int | None, reveal: str, debug: bool,
) -> None:  # fmt: skip
    """Check KATAS, by default the one you are working on.

    Exit codes: 0 passed, 1 a check failed, 2 usage error, 3 the course is broken,
    5 nnkata itself failed.
    """
    from ...checking.assessor import Assessor, describe_protection
    from ...checking.pytest_session import Checks
    from ...checking.runtime import Submission
    from ...course.hashes import default_seed
    from ...course.loading import require_checks
    from ...model import Verdicts

    workspace = context.open_workspace()
    wanted = _pick_katas(workspace, katas, every)
    require_checks(wanted)
    writer = context.pick_reporter(reporter) if reporter else None
    checks = Checks(wanted)
    with context.start_pool(debug) as pool, CheckProgress(quiet=debug) as progress:
        assessor = Assessor(workspace.course, checks, pool, workspace.state / "cache")
        assessor.on_check = progress.check
        verdicts = []
        for kata in wanted:
            submission = Submission(workspace.root.name, workspace.read, workspace.solved_katas())
            if debug:
                click.echo(f"{kata.name}: in this process, without limits or a sandbox", err=True)
            checked = assessor.check(kata, submission, seed)
            progress.say(f"{kata.name}: looking for the likely cause")
            verdict = checked.verdict if debug else assessor.diagnose(checked)
            if kata.file.repair:
                from ...checking.repair import stage_causes

                text = workspace.read(kata.module)
                verdict = stage_causes(kata, text if isinstance(text, str) else None, verdict)
            if not debug:
                workspace.remember(kata, verdict, seed)
            if reveal != "all":
                from ...checking.reveal import redact

                verdict = redact(verdict, reveal)  # type: ignore[arg-type]
            verdicts.append(verdict)
        protection = describe_protection(pool, assessor.limits)
    result = Verdicts(
        engine=__version__,
        course=workspace.course.name,
        seed=default_seed(wanted[0]) if seed is None else seed,
        protection=protection,
        verdicts=verdicts,
        package=workspace.course.package,
    )
    if as_json:
        context.print_json(result)
    elif writer is not None:
        context.print_report(writer, result)
    else:
        _show_result(ctx, workspace, list(zip(wanted, verdicts, strict=True)), whole)
    context.print_storage_warning(workspace)
    if context.print_broken_course(verdicts):
        ctx.exit(COURSE_BROKEN)
    if not all(v.passed for v in verdicts):
        ctx.exit(CHECKS_FAILED)


def _pick_katas(workspace: Workspace, names: tuple[str, ...], every: bool) -> list[Kata]:
    course = workspace.course
    if every:
        return list(course.katas.values())
    if names:
        return [context.pick_kata(course, name) for name in names]
    current = workspace.current()
    if current is None:
        raise KataError("all katas are solved", next_step="`kata check --every` checks them again")
    return [current]


def _show_result(
    ctx: click.Context, workspace: Workspace, checked: list[tuple[Kata, Verdict]], whole: bool
) -> None:
    from ...reporters.terminal import Detail, write_verdict

    screen = context.screen(ctx)
    solved = workspace.solved_katas()
    if len(checked) == 1:
        kata, verdict = checked[0]
        show_verdict(screen, workspace, kata, verdict, whole)
        screen.echo(f"→ {next_step(workspace, kata, verdict, solved)}", bold=True)
        return
    for number, (kata, verdict) in enumerate(checked):
        if number:
            screen.echo()
        detail = Detail(f".kata/failing/{kata.name}.py", workspace.course.package, whole)
        write_verdict(screen, verdict, detail)
    screen.echo()
    passed = sum(verdict.passed for _, verdict in checked)
    screen.echo(f"{passed} of {len(checked)} katas passed")
    open_ = next((verdict.kata for _, verdict in checked if not verdict.passed), None)
    screen.echo(f"→ kata check {open_}" if open_ else "→ kata next", bold=True)
