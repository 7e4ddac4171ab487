"""`kata show`: a kata's lesson."""

from __future__ import annotations

import click

from ...errors import KataError
from .. import context
from ..messages import show_question, show_task


@click.command()
@click.argument("kata_name", metavar="[KATA]", required=False)
@click.pass_context
def command(ctx: click.Context, kata_name: str | None) -> None:
    """Show the lesson of KATA, or of the one you are working on."""
    from ...lessons.markdown import for_terminal

    workspace = context.open_workspace()
    kata = context.kata_or_current(workspace, kata_name)
    if kata is None:
        raise KataError("all katas are solved", next_step="name one: kata show KATA")
    text = for_terminal(kata.lesson.read_text(encoding="utf-8"))
    screen = context.screen(ctx)
    prediction = kata.file.prediction
    answered = workspace.progress.prediction(kata.name) is not None
    if prediction is not None and not answered:  # the lesson may give the answer away
        screen.echo("Before you read", bold=True)
        show_question(screen, prediction)
        screen.echo(f"→ kata predict {kata.name} LETTER", bold=True)
        screen.echo()
    if screen.color:
        from rich.console import Console
        from rich.markdown import Markdown

        console = Console(width=screen.width, force_terminal=True, highlight=False)
        with console.capture() as drawn:
            console.print(Markdown(text, hyperlinks=False))
        for line in drawn.get().splitlines():
            screen.put(line.rstrip())
    else:
        from ..terminal.lesson import show_lesson

        show_lesson(screen, text)
    screen.echo()
    show_task(screen, workspace, kata)
    screen.echo(f"→ kata check {kata.name}", bold=True)
