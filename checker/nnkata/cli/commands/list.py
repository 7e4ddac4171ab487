"""`kata list`: the katas and their states."""

from __future__ import annotations

import click

from .. import context
from ..messages import show_list


@click.command(name="list")
@click.option("--all", "whole", is_flag=True, help="List the katas of every track.")
@click.option(
    "--json", "as_json", is_flag=True, help="Print the list as JSON (format nnkata/list/v1)."
)
@click.pass_context
def command(ctx: click.Context, whole: bool, as_json: bool) -> None:
    """List the katas with their states; a complete or untouched track takes one line."""
    from ...model import ListedKata, Listing

    workspace = context.open_workspace()
    states = workspace.states()
    if as_json:
        rows = [
            ListedKata(
                kata=kata.name,
                track=kata.track,
                module=kata.module,
                title=kata.title,
                state=states[kata.name],
                needs=kata.needs,
                points=kata.file.points,
            )
            for kata in workspace.course.katas.values()
        ]
        context.print_json(Listing(katas=rows))
        return
    show_list(context.screen(ctx), workspace, states, whole)
