"""`kata reset`: replace a module by its stub."""

from __future__ import annotations

import click

from .. import context


@click.command()
@click.argument("kata_name", metavar="KATA")
@click.pass_context
def command(ctx: click.Context, kata_name: str) -> None:
    """Replace the module of KATA by its stub. `kata restore` can bring back what you wrote."""
    workspace = context.open_workspace()
    kata = context.pick_kata(workspace.course, kata_name)
    screen = context.screen(ctx)
    had_file = workspace.path_of(kata).is_file()
    workspace.reset(kata)
    screen.paragraph(f"{workspace.display_path(kata)} is the stub again. It counts as not solved.")
    if had_file:
        screen.echo("→ kata restore brings back what you wrote", dim=True)
    context.print_storage_warning(workspace)
