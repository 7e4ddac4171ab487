"""`kata solution`: the reference solution, after a pass or a recorded give-up."""

from __future__ import annotations

import click

from ...errors import KataError
from .. import context


@click.command()
@click.argument("kata_name", metavar="[KATA]", required=False)
@click.option(
    "--give-up", is_flag=True, help="Show it before the kata has passed; this is recorded."
)
@click.pass_context
def command(ctx: click.Context, kata_name: str | None, give_up: bool) -> None:
    """Show the reference solution of KATA, by default of the one that passed last."""
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
            "shows it anyway, and records this",
        )
    if not is_allowed:
        workspace.progress.record_give_up(kata.name)
    context.screen(ctx).block(kata.reference.read_text(encoding="utf-8").rstrip(), indent=0)
    context.print_storage_warning(workspace)
