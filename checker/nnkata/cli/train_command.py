"""`kata train`: run the whole network, with the modules that are the learner's."""

from __future__ import annotations

import click

from . import common


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
