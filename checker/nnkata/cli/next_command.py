"""`kata next`: what to do next."""

from __future__ import annotations

import click

from . import common


@click.command(name="next")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show the kata to work on: the one you saved last, else the first that is open."""
    workspace = common.open_workspace()
    screen = common.screen(ctx)
    course = workspace.course
    states = workspace.states()
    solved = sum(state != "open" for state in states.values())
    kata = workspace.current()
    screen.echo(
        f"{screen.meter(solved, len(states))} {solved} of {len(states)} modules of the network "
        f"{'is' if solved == 1 else 'are'} yours"
    )
    if kata is None:
        screen.echo()
        screen.echo("All katas are solved, and the network is yours.", fg="green")
        screen.echo("→ kata train runs it", bold=True)
        screen.echo(f"→ python -m {course.package} runs it without us", bold=True)
        return
    screen.echo()
    screen.echo(f"{kata.name} · {kata.title}", bold=True)
    screen.wrapped(
        f"{kata.file.minutes} minutes, difficulty {kata.file.difficulty} of 5, "
        f"{kata.file.points} points"
    )
    if states[kata.name] == "recheck":
        screen.wrapped("It passed before; the module or its checks changed since.")
    unwritten = [n for n in course.needed(kata.name) if states[n] == "open"]
    if unwritten:
        lends = course.lends(kata.name)
        words = "Borrowed until you write them" if lends else "Waits until these have passed"
        screen.wrapped(f"{words}: {', '.join(unwritten)}")
    screen.echo()
    screen.echo(f"1. read   kata show {kata.name}")
    screen.echo(f"2. write  {workspace.shown(kata)}")
    checked = kata.checks.is_file()
    screen.echo("3. check  kata check" if checked else "3. hand it in: no checks are here")
    common.tell_stored(workspace)
