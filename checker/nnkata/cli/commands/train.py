"""`kata train`: run the whole network, with the modules that are the learner's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ...errors import CHECKS_FAILED, KataError
from .. import context
from ..messages import show_meter

if TYPE_CHECKING:
    from ...training.borrowing_importer import Borrowing
    from ...workspace.workspace import Workspace
    from ..terminal.screen import Screen


@click.command()
@click.option("--afresh", is_flag=True, help="Begin again; forget what a stopped training reached.")
@click.pass_context
def command(ctx: click.Context, afresh: bool) -> None:
    """Train the network on XOR and on real handwritten digits.

    What you have solved is yours; the reference stands in for the rest. This is your own
    program: it runs unprotected, as you would run it yourself. Ctrl-C stops it, and the next
    `kata train` goes on from there unless a module has changed.

    Exit codes: 0 trained, 1 a module raised, 2 usage, 3 the course is broken, 130 stopped.
    """
    from ...training.borrowing_importer import network

    workspace = context.open_workspace()
    screen = context.screen(ctx)
    course = workspace.course
    solved = workspace.solved_katas()
    _need_all(workspace, solved)
    live = _is_live(screen)
    mine = [name for name in course.katas if name in solved]
    borrowed = [name for name in course.katas if name not in solved]
    show_meter(screen, len(mine), len(course.katas))
    if mine:
        screen.paragraph(f"yours: {', '.join(mine)}", hang=2, fg="green")
    if borrowed and (not live or len(borrowed) <= 3):
        screen.paragraph(f"borrowed: {', '.join(borrowed)}", hang=2)
    elif borrowed:
        screen.echo(f"borrowed: {len(borrowed)}")
    screen.echo()
    sys.stdout.flush()
    with network(workspace) as finder:
        own = _own_program(workspace, finder)
        if own:
            screen.paragraph(own)
            screen.echo()
        if own or course.training is None:
            code = _run_program(screen, workspace, finder)
        else:
            from ..terminal.train_session import run

            code = run(screen, workspace, finder, live, afresh)
    if code:
        ctx.exit(code)


def _is_live(screen: Screen) -> bool:
    """Whether there is a terminal to draw on."""
    import os

    return not screen.plain and os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def _own_program(workspace: Workspace, finder: Borrowing) -> str:
    """Say why the package's own `__main__` is run rather than the course's stages, or nothing."""
    course = workspace.course
    given, used = course.given.get("__main__.py"), finder.files.get("__main__.py")
    if course.training is None or given is None or used is None or used == given:
        return ""
    if used.read_bytes() == given.read_bytes():
        return ""
    import hashlib

    file = f"{course.package}/__main__.py"
    shipped = workspace.progress.shipped_hashes().get("__main__.py")
    if hashlib.sha256(used.read_bytes()).hexdigest() == shipped:
        return f"{file} is an earlier version; kata init brings it up to date."
    return f"{file} is a program of your own, and is run as it is."


def _run_program(screen: Screen, workspace: Workspace, finder: Borrowing) -> int:
    """Run the package as a program, as `python -m` does."""
    import runpy

    from ..terminal.train_session import show_exception

    sys.argv = [workspace.course.package]
    try:
        runpy.run_module(workspace.course.package, run_name="__main__", alter_sys=True)
    except (KataError, BrokenPipeError):
        raise
    except Exception as error:
        show_exception(screen, workspace, finder, error)
        return CHECKS_FAILED
    return 0


def _need_all(workspace: Workspace, solved: frozenset[str]) -> None:
    """Refuse to start a network that lacks a module; where all is lent, none is ever missing."""
    course = workspace.course
    missing = [n for n in course.katas if n not in solved and not course.can_borrow(n)]
    if not missing:
        return
    first = course.katas[missing[0]]
    why = (
        "this installation carries no reference solutions"
        if course.borrow
        else "this course lends none"
    )
    steps = f"kata show {first.name}, write it, kata check {first.name}"
    if not first.checks.is_file():
        steps = (
            f"nothing can be checked here; python -m {course.package} runs what you have written"
        )
    raise KataError(
        f"{workspace.display_path(first)} is not yours yet, and {why}, so the network cannot run "
        f"({len(missing)} of {len(course.katas)} modules are missing)",
        next_step=steps,
    )
