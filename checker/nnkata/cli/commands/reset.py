"""`kata reset`: replace a module with its stub."""

from __future__ import annotations

import click

from .. import context


@click.command()
@click.argument("kata_name", metavar="KATA")
@click.pass_context
def command(ctx: click.Context, kata_name: str) -> None:
    """Replace the module of KATA with its stub. `kata restore` can bring back what you wrote."""
    workspace = context.open_workspace()
    kata = context.pick_kata(workspace.course, kata_name)
    screen = context.screen(ctx)
    had_file = workspace.path_of(kata).is_file()
    workspace.reset(kata)
    path = workspace.display_path(kata)
    screen.paragraph(f"{path} is the stub again, and {kata.name} counts as not solved.")
    if had_file:
        screen.echo("→ kata restore brings back what you wrote", dim=True)
    context.print_storage_warning(workspace)
