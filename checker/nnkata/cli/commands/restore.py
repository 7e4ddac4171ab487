"""`kata restore`: bring back an earlier version of a file."""

from __future__ import annotations

import click

from ...errors import KataError
from ...workspace.workspace import PASS
from .. import context


@click.command()
@click.argument("which", metavar="[NUMBER|KATA]", required=False)
@click.pass_context
def command(ctx: click.Context, which: str | None) -> None:
    """List the stored versions; bring back the one with NUMBER, or the latest module of KATA.

    A module is stored when it passes, and every file before nnkata overwrites it. The current
    files are stored first, so you can undo a restore too.
    """
    workspace = context.open_workspace()
    screen = context.screen(ctx)
    snapshots = workspace.snapshots()
    if which is None:
        if not snapshots:
            screen.paragraph(
                "Nothing is stored yet: a module is stored when it passes, and a file before it "
                "is overwritten."
            )
            return
        for index, snapshot in enumerate(snapshots, 1):
            when = snapshot.name
            day = f"{when[:4]}-{when[4:6]}-{when[6:8]} {when[9:11]}:{when[11:13]}:{when[13:15]}"
            files = ", ".join(snapshot.files)
            why = "passed" if snapshot.why == PASS else f"before {snapshot.why}"
            screen.paragraph(f"{index:3}  {day} UTC  {why}: {files}", hang=5)
        screen.echo()
        screen.echo("→ kata restore NUMBER, or kata restore KATA for its latest", dim=True)
        return
    if not which.isdecimal():
        snapshot = workspace.snapshot_of(context.pick_kata(workspace.course, which))
    elif 0 < int(which) <= len(snapshots):
        snapshot = snapshots[int(which) - 1]
    else:
        raise KataError(
            f"there is no snapshot {which}; there are {len(snapshots)}",
            next_step="`kata restore` lists them",
        )
    for name in workspace.restore(snapshot):
        screen.echo(f"restored {name}")
