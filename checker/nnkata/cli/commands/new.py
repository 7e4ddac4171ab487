"""`kata new`: create a kata or a course from templates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import context

if TYPE_CHECKING:
    from ...scaffold.templates import ScaffoldResult


@click.group()
def command() -> None:
    """Create a kata or a course from templates.

    Each place that you have to fill in is marked TODO. `kata verify` lists what is missing.
    """


@command.command("kata")
@click.argument("name")
@click.option("--track", help="The track (default: the module's track, or the only one).")
@click.option("--module", help="The module's path in the package: layers/dropout.py.")
@click.option("--exports", default="", help="The names that the module defines: dropout,Dropout.")
@click.option("--needs", default="", help="The katas that it needs, separated by commas.")
@click.option("--title", help="The title, by default made from the name.")
@click.option(
    "--in",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The course's folder, by default the working folder.",
)
@click.pass_context
def kata_command(
    ctx: click.Context, name: str, track: str | None, module: str | None, exports: str,
    needs: str, title: str | None, folder: Path,
) -> None:  # fmt: skip
    """Create the kata NAME: its folder, its reference module, its entry in course.toml.

    An export with a capital letter is a class. Exit codes: 0 written, 2 a name is not valid or a
    file already exists, 3 the course cannot be read.
    """
    from ...scaffold.course_folder import find_course, read_course_folder
    from ...scaffold.templates import KataOptions, new_kata, plan_kata

    root = find_course(folder)
    course = read_course_folder(root, context.courses()[0])
    options = KataOptions(track, module, _split_names(exports), _split_names(needs), title)
    result = new_kata(course, plan_kata(course, name, options))
    verify = _verify(result.kata, course.file.extends or course.file.name)
    _show_result(ctx, result, f"fill in every TODO, then: {verify}")


@command.command("course")
@click.argument("name")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@click.option("--extends", help="The course to extend (default: a new course).")
@click.option("--title", help="The title, by default made from the name.")
@click.pass_context
def course_command(
    ctx: click.Context, name: str, folder: Path | None, extends: str | None, title: str | None
) -> None:
    """Create a distribution in FOLDER (default: NAME) with a course and one example kata.

    Exit codes: 0 written, 2 a name is not valid or a file already exists.
    """
    from ...scaffold.templates import new_course

    folder = folder or Path(name)
    result = new_course(name, folder, context.courses()[0], extends=extends, title=title)
    course = extends or name.replace("-", "_")
    _show_result(ctx, result, f"pip install -e {folder}, then: {_verify(result.kata, course)}")


def _show_result(ctx: click.Context, result: ScaffoldResult, next_step: str) -> None:
    screen = context.screen(ctx)
    for path in result.files:
        screen.echo(f"wrote {context.display_path(path)}")
    for line in result.changed:
        screen.echo(f"changed {line}")
    screen.echo(f"→ {next_step}")


def _verify(kata: str, course: str) -> str:
    if course == context.DEFAULT_COURSE:
        return f"kata verify {kata}"
    return f"kata verify --course {course} {kata}"


def _split_names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]
