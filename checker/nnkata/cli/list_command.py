"""`kata list`: the katas, and what is solved."""

from __future__ import annotations

import click

from . import common


@click.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print nnkata/list/v1 on stdout.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List all katas with their state."""
    from ..model import ListedKata, Listing

    workspace = common.open_workspace()
    states = workspace.states()
    course = workspace.course
    if as_json:
        rows = [
            ListedKata(
                kata=kata.name,
                track=kata.track,
                module=kata.module,
                title=kata.title,
                state=states[kata.name],
                needs=kata.needs,
                points=kata.file.points,
            )
            for kata in course.katas.values()
        ]
        common.print_json(Listing(katas=rows))
        return
    screen = common.screen(ctx)
    current = workspace.current()
    wide = max((len(name) for name in course.katas), default=0)
    marks = {"passed": screen.symbols["passed"], "open": screen.symbols["open"], "recheck": "?"}
    for track in course.tracks:
        screen.echo(track.title, bold=True)
        for name in track.katas:
            state = states[name]
            here = "  ← next" if current is not None and name == current.name else ""
            words = {"passed": "solved", "open": "open", "recheck": "check again"}[state]
            line = f"  {marks[state]} {name:<{wide}}  {words}{here}"
            screen.echo(line, **({"fg": "green"} if state == "passed" else {}))
    solved = sum(state != "open" for state in states.values())
    screen.echo()
    screen.echo(f"{solved} of {len(states)} modules {'is' if solved == 1 else 'are'} yours")
    screen.echo("→ kata next" if current is not None else "→ kata train", bold=True)
