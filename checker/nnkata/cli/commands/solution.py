"""`kata solution`: the reference solution, after a pass or a recorded give-up."""

from __future__ import annotations

import click

from ...errors import KataError
from ...model import Kata
from .. import context
from ..terminal.comparison import show_beside, write_code
from ..terminal.screen import Screen


@click.command()
@click.argument("kata_name", metavar="[KATA]", required=False)
@click.option(
    "--give-up", is_flag=True, help="Show it before the kata has passed; this is recorded."
)
@click.option("--beside", is_flag=True, help="Show your module beside it, name by name.")
@click.option("--variants", is_flag=True, help="Show the other solutions of the course.")
@click.option("--checks", is_flag=True, help="Show the checks that were hidden.")
@click.pass_context
def command(
    ctx: click.Context, kata_name: str | None, give_up: bool, beside: bool, variants: bool,
    checks: bool,
) -> None:  # fmt: skip
    """Show the reference solution of KATA, or of the one that passed last.

    Through a pipe, it is written unchanged. The checks are shown only after a pass.
    """
    workspace = context.open_workspace()
    kata_name = kata_name or workspace.progress.latest_pass()
    if kata_name is None:
        raise KataError("no kata has passed yet", next_step="name one: kata solution KATA")
    kata = context.pick_kata(workspace.course, kata_name)
    if not kata.reference.is_file():
        raise KataError(
            f"this installation has no reference solution of {kata.name}",
            next_step=f"`kata hint {kata.name}` helps; or ask the person who gave you the course",
        )
    is_allowed = kata.name in workspace.solved_katas() | workspace.progress.given_up()
    if not is_allowed and not give_up:
        raise KataError(
            f"{kata.name} has not passed yet",
            next_step=f"`kata hint {kata.name}` helps; `kata solution {kata.name} --give-up` "
            "shows the solution anyway, and records that you gave up",
        )
    if not is_allowed:
        workspace.progress.record_give_up(kata.name)
    screen = context.screen(ctx)
    if checks:
        _require_checks(kata, kata.name in workspace.solved_katas())
        write_code(screen, kata.checks.read_text(encoding="utf-8").rstrip())
    elif variants:
        for path in kata.variants():
            screen.echo(f"{path.stem}", bold=True)
            write_code(screen, path.read_text(encoding="utf-8").rstrip())
            screen.echo()
    elif beside:
        own = workspace.read(kata.module)
        if not isinstance(own, str):
            raise KataError(
                f"{workspace.display_path(kata)} cannot be read: {own.message}",
                next_step=f"kata solution {kata.name}",
            )
        show_beside(screen, own, kata.reference.read_text(encoding="utf-8"))
        _show_more(screen, kata)
    else:
        write_code(screen, kata.reference.read_text(encoding="utf-8").rstrip())
    context.print_storage_warning(workspace)


def _require_checks(kata: Kata, passed: bool) -> None:
    if not passed:
        raise KataError(
            f"{kata.name} has not passed yet, so its checks stay hidden",
            next_step=f"kata check {kata.name}",
        )
    if not kata.checks.is_file():
        raise KataError(
            f"this installation has no checks of {kata.name}",
            next_step="ask the person who gave you the course",
        )


def _show_more(screen: Screen, kata: Kata) -> None:
    """Write which commands show the rest."""
    count = len(kata.variants())
    if count:
        words = "another solution" if count == 1 else f"{count} other solutions"
        screen.echo(f"{screen.symbols['arrow']} {words}: kata solution {kata.name} --variants")
    if kata.checks.is_file():
        screen.echo(f"{screen.symbols['arrow']} the checks: kata solution {kata.name} --checks")
