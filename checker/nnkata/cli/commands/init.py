"""`kata init`: make a workspace, or update one."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from .. import context


@click.command()
@click.argument("directory", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--course", "course_name", help="The course.")
@click.pass_context
def command(ctx: click.Context, directory: Path, course_name: str | None) -> None:
    """Make DIRECTORY a workspace, or update it.

    It is safe to repeat this: files that you have changed stay as they are.
    """
    from ...workspace.workspace import MARKER, create, find

    if course_name is None and (directory / ".kata" / MARKER).is_file():
        course_name = find(directory.resolve())[1]
    course, broken = context.pick_course(course_name)
    context.print_broken_plugins(broken)
    _, changes = create(directory.resolve(), course)
    screen = context.screen(ctx)
    course_files = set(course.given)
    written = [c for c in changes if c.action == "written"]
    if written:
        count = "1 file" if len(written) == 1 else f"{len(written)} files"
        screen.echo(f"{count} written in {directory / course.package}", fg="green")
    for change in changes:
        path = f"{course.package}/{change.path}"
        if change.action == "updated":
            screen.echo(f"updated {path}, which you had not changed")
        elif change.action == "left" and change.path in course_files:
            screen.echo(f"not updated: {path}, a given file that you have changed")
    begun = [c for c in changes if c.action == "left" and c.path not in course_files]
    if begun:
        count = "1 module" if len(begun) == 1 else f"{len(begun)} modules"
        screen.echo(
            f"{count} that you have written stay as they are"
            if len(begun) > 1
            else f"{count} that you have written stays as it is"
        )
    if not changes:
        screen.echo("everything is up to date")
    if course.expects and len(written) == len(changes) > 0:
        screen.paragraph(course.expects)
    screen.echo()
    here = directory.resolve() == Path.cwd()
    step = "kata next" if here else f"cd {shlex.quote(str(directory))} && kata next"
    screen.echo(f"→ {step}", bold=True)
