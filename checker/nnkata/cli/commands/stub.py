"""`kata stub`: write a kata's stub from its reference."""

from __future__ import annotations

import click

from ...errors import CourseError, KataError
from .. import context


@click.command()
@click.argument("kata_name", metavar="KATA")
@click.option("--course", "course_name", help="The course that the kata belongs to.")
def command(kata_name: str, course_name: str | None) -> None:
    """Write KATA's stub.py: its reference without the bodies.

    Private definitions are left out; definitions listed in `gives` in kata.toml keep their bodies.
    The stub of a repair kata is written by hand, and is never changed.
    """
    from ...course.stub import stub_text
    from ...files import write_atomically

    course, broken = context.pick_course(course_name)
    context.print_broken_plugins(broken)
    kata = context.pick_kata(course, kata_name)
    if kata.file.repair:
        raise KataError(
            f"{kata.name} is a repair kata: its stub is a faulty program",
            next_step="write its stub.py by hand",
        )
    try:
        reference = kata.reference.read_text(encoding="utf-8")
        text = stub_text(reference, kata.name, kata.file.gives)
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{kata.reference} cannot be read: {error}", next_step="fix the reference"
        ) from None
    path = context.display_path(kata.stub)
    if kata.stub.is_file() and kata.stub.read_text(encoding="utf-8") == text:
        click.echo(f"{path} is up to date")
        return
    write_atomically(kata.stub, text.encode("utf-8"))
    click.echo(f"written: {path}")
