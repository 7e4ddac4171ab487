"""`kata hint`: show the next hint, if the module has changed since the last one."""

from __future__ import annotations

import click

from ...errors import KataError
from ...workspace.hints import take_hint
from .. import context
from ..messages import show_hint


@click.command()
@click.argument("kata_name", metavar="[KATA]", required=False)
@click.pass_context
def command(ctx: click.Context, kata_name: str | None) -> None:
    """Show a hint for KATA, by default for the one you are working on.

    Each hint says more than the one before. If the module has not changed since the last hint,
    that hint is shown again.
    """
    workspace = context.open_workspace()
    kata = context.kata_or_current(workspace, kata_name)
    if kata is None:
        raise KataError("all katas are solved", next_step="name one: kata hint KATA")
    show_hint(context.screen(ctx), take_hint(workspace, kata))
    context.print_storage_warning(workspace)
