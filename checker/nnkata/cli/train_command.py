"""`kata train`: run the whole network, with the modules that are the learner's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import KataError
from . import common

if TYPE_CHECKING:
    from ..workspace import Workspace


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Train the network on XOR and on real handwritten digits.

    What you have solved is yours; the reference stands in for the rest. This is your own
    program: it runs unprotected, as you would run it yourself.
    """
    import runpy
    import sys

    from ..live import network

    workspace = common.open_workspace()
    screen = common.screen(ctx)
    course = workspace.course
    theirs = workspace.theirs()
    _need_all(workspace, theirs)
    mine = [name for name in course.katas if name in theirs]
    borrowed = [name for name in course.katas if name not in theirs]
    bar = screen.meter(len(mine), len(course.katas))
    screen.echo(f"{bar} {len(mine)} of {len(course.katas)} modules of this network are yours")
    if mine:
        screen.wrapped(f"yours: {', '.join(mine)}", hang=2, fg="green")
    if borrowed:
        screen.wrapped(f"borrowed: {', '.join(borrowed)}", hang=2)
    screen.echo()
    sys.stdout.flush()
    with network(workspace):
        sys.argv = [course.package]
        runpy.run_module(course.package, run_name="__main__", alter_sys=True)


def _need_all(workspace: Workspace, theirs: frozenset[str]) -> None:
    """Refuse to start a network that lacks a module; where all is lent, none is ever missing."""
    course = workspace.course
    missing = [n for n in course.katas if n not in theirs and not course.lent(n)]
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
        f"{workspace.shown(first)} is not yours yet, and {why}, so the network cannot run "
        f"({len(missing)} of {len(course.katas)} modules are missing)",
        next_step=steps,
    )
