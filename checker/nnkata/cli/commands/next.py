"""`kata next`: the kata to work on."""

from __future__ import annotations

import click

from .. import context
from ..messages import show_next


@click.command(name="next")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show the kata to work on: the unsolved one you saved last, else the first unsolved one."""
    workspace = context.open_workspace()
    states = workspace.states()
    show_next(context.screen(ctx), workspace, workspace.current(), states)
    context.print_storage_warning(workspace)
