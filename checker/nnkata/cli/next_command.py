"""`kata next`: what to do next."""

from __future__ import annotations

import click

from . import common
from .telling import tell_next


@click.command(name="next")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show the kata to work on: the one you saved last, else the first that is open."""
    workspace = common.open_workspace()
    states = workspace.states()
    tell_next(common.screen(ctx), workspace, workspace.current(), states)
    common.tell_stored(workspace)
