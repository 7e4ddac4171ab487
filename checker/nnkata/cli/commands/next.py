"""`kata next`: the kata to work on."""

from __future__ import annotations

import click

from ...errors import KataError
from ...workspace.workspace import Workspace
from .. import context
from ..messages import show_next


@click.command(name="next")
@click.option("--skip", is_flag=True, help="Set aside the kata you are working on.")
@click.option("--from", "first", metavar="KATA", help="Set aside all katas before KATA.")
@click.pass_context
def command(ctx: click.Context, skip: bool, first: str | None) -> None:
    """Show the kata to work on: the unsolved one you saved last, else the first unsolved one.

    The reference takes the place of a kata that is set aside. The kata comes back when you save
    its module, or when all other katas are solved.
    """
    workspace = context.open_workspace()
    screen = context.screen(ctx)
    names: list[str] = []
    if skip or first is not None:
        names = _set_aside(workspace, first)
    if names:
        one = len(names) == 1
        words = f"{names[0]} is" if one else f"{len(names)} katas are"
        screen.paragraph(
            f"{words} set aside. The reference takes {'its' if one else 'their'} place until you "
            f"save {'it' if one else 'them'}."
        )
        screen.echo()
    show_next(screen, workspace, workspace.current(), workspace.states())
    context.print_storage_warning(workspace)


def _set_aside(workspace: Workspace, first: str | None) -> list[str]:
    """Set aside all katas before `first`, or the current one if it is None; return their names."""
    course = workspace.course
    context.require_lending(course)
    states, aside = workspace.states(), workspace.set_aside_katas()
    waiting = [name for name, state in states.items() if state != "passed" and name not in aside]
    if first is not None:
        wanted = context.pick_kata(course, first).name
        order = list(course.katas)
        names = [name for name in waiting if order.index(name) < order.index(wanted)]
    else:
        current = workspace.current()
        if current is None:
            raise KataError("all katas are solved", next_step="kata list --all")
        if waiting in ([], [current.name]):
            raise KataError(
                f"{current.name} is the only unsolved kata",
                next_step=f"kata show {current.name}",
            )
        names = [current.name]
    for name in names:
        workspace.progress.set_aside(name)
    return names
