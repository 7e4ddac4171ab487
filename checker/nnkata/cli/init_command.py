"""`kata init`: make a workspace, or bring one up to date."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from . import common


@click.command()
@click.argument("directory", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--course", "course_name", help="The course to learn from.")
@click.pass_context
def command(ctx: click.Context, directory: Path, course_name: str | None) -> None:
    """Make DIRECTORY a workspace, or bring it up to date.

    Safe to repeat: what you have changed is left as it is.
    """
    from ..workspace import MARKER, create, find

    if course_name is None and (directory / ".kata" / MARKER).is_file():
        course_name = find(directory.resolve())[1]
    course, broken = common.pick_course(course_name)
    common.tell_broken(broken)
    workspace, changes = create(directory.resolve(), course)
    screen = common.screen(ctx)
    by_kind = {kind: [c for c in changes if c.what == kind] for kind in ("written", "updated")}
    written, updated = by_kind["written"], by_kind["updated"]
    if written:
        screen.echo(f"{len(written)} files written in {directory / course.package}", fg="green")
    for change in updated:
        screen.echo(f"updated {course.package}/{change.path} (you had not changed it)")
    theirs = {course.katas[name].module for name in workspace.theirs()}
    begun = [c.path for c in changes if c.what == "left" and c.path not in course.given]
    if begun and not written:
        screen.echo(f"{len(begun)} modules are yours and were left as they are")
    for change in changes:
        if change.what == "left" and change.path in course.given:
            screen.echo(f"left {course.package}/{change.path}: you have changed this given file")
    if not changes:
        screen.echo("everything is up to date")
    del theirs
    screen.echo()
    here = directory.resolve() == Path.cwd()
    step = "kata next" if here else f"cd {shlex.quote(str(directory))} && kata next"
    screen.echo(f"→ {step}", bold=True)
