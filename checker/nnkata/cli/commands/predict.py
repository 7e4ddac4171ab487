"""`kata predict`: answer a kata's question before writing its module."""

from __future__ import annotations

import click

from ...errors import KataError
from .. import context
from ..messages import LETTERS, show_outcome, show_question, show_task


@click.command()
@click.argument("words", metavar="[KATA] [LETTER]", nargs=-1)
@click.pass_context
def command(ctx: click.Context, words: tuple[str, ...]) -> None:
    """Answer the question of KATA, or of the one you are working on, with a LETTER.

    Without a letter, the question is shown. The answer is never marked; it may be changed until
    the kata passes, and the right answer is shown then.
    """
    workspace = context.open_workspace()
    letter = words[-1] if words and len(words[-1]) == 1 else None
    names = words[:-1] if letter else words
    if len(names) > 1:
        raise KataError("one kata at a time", next_step=f"kata predict {names[0]}")
    kata = context.kata_or_current(workspace, names[0] if names else None)
    if kata is None:
        raise KataError("all katas are solved", next_step="name one: kata predict KATA")
    prediction = kata.file.prediction
    if prediction is None:
        raise KataError(f"{kata.name} asks no question", next_step=f"kata show {kata.name}")
    screen = context.screen(ctx)
    solved = workspace.states()[kata.name] == "passed"
    if letter is None or solved:
        if workspace.progress.prediction(kata.name) is not None and solved:
            show_outcome(screen, workspace, kata)
            return
        show_question(screen, prediction)
        screen.echo()
        if solved:
            screen.paragraph(
                f"{kata.name} has passed, so there is nothing left to predict. It is: "
                f"{prediction.choices[prediction.answer - 1]}. {prediction.because}"
            )
        else:
            screen.echo(f"→ kata predict {kata.name} LETTER", bold=True)
        return
    choice = LETTERS.find(letter.lower()) + 1
    if not 1 <= choice <= len(prediction.choices):
        last = LETTERS[len(prediction.choices) - 1]
        raise KataError(
            f"{letter} is not a choice of {kata.name}: choices are a to {last}",
            next_step=f"kata predict {kata.name}",
        )
    workspace.progress.record_prediction(kata.name, choice)
    screen.paragraph(
        f"Stored: {prediction.choices[choice - 1]}. "
        f"The right answer is shown when {kata.name} passes."
    )
    show_task(screen, workspace, kata)
    context.print_storage_warning(workspace)
