"""`kata reset`: put a module back to its stub."""

from __future__ import annotations

import click

from .. import context


@click.command()
@click.argument("kata_name", metavar="KATA")
@click.pass_context
def command(ctx: click.Context, kata_name: str) -> None:
    """Put the module of KATA back to its stub. What you wrote is kept for `kata restore`."""
    workspace = context.open_workspace()
    kata = context.pick_kata(workspace.course, kata_name)
    screen = context.screen(ctx)
    workspace.reset(kata)
    screen.paragraph(f"{workspace.display_path(kata)} is the stub again, and counts as not solved.")
    screen.echo("→ kata restore brings back what you had", dim=True)
    context.print_storage_warning(workspace)
