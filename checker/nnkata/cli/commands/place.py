"""`kata place`: a few questions that find the track to begin with."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ...errors import KataError
from ...model import Course, Kata, Prediction, Track
from .. import context
from ..messages import LETTERS, show_question


@click.command()
@click.pass_context
def command(ctx: click.Context) -> None:
    """Ask one question per track, and name the first kata of the track to begin with.

    It ends at the first wrong or empty answer. Nothing is marked or stored.
    """
    workspace = context.open_workspace()
    course, screen = workspace.course, context.screen(ctx)
    context.require_lending(course)
    questions = list(_questions(course))
    if not questions:
        raise KataError("this course has no questions to place you", next_step="kata next")
    count = "One question" if len(questions) == 1 else f"Up to {len(questions)} questions"
    screen.paragraph(f"{count}, one per track. An empty answer ends them; nothing is marked.")
    start: Track | None = None
    for track, kata, prediction in questions:
        screen.echo()
        screen.echo(f"{track.title} · {kata.name}", bold=True)
        show_question(screen, prediction)
        letters = LETTERS[: len(prediction.choices)]
        given = click.prompt("Your answer", default="", show_default=False).strip().lower()
        if given != letters[prediction.answer - 1]:
            if given:
                screen.paragraph(
                    f"It is: {prediction.choices[prediction.answer - 1]}. {prediction.because}"
                )
            start = track
            break
        screen.paragraph(f"Right. {prediction.because}")
    screen.echo()
    if start is None:
        screen.paragraph("All answers are right: choose a kata yourself with kata list --all.")
        screen.echo("→ kata next --from KATA", bold=True)
        return
    first = start.katas[0]
    if first == next(iter(course.katas)):
        screen.paragraph("Begin with the first kata.")
        screen.echo("→ kata next", bold=True)
        return
    screen.paragraph(
        f"Begin with {start.title}. The katas before it are set aside: the reference takes the "
        "place of their modules until you write them."
    )
    screen.echo(f"→ kata next --from {first}", bold=True)


def _questions(course: Course) -> Iterator[tuple[Track, Kata, Prediction]]:
    """Yield each track that has a question, with the question of its last kata that has one."""
    for track in course.tracks:
        katas = [course.katas[name] for name in reversed(track.katas)]
        asked = next((kata for kata in katas if kata.file.prediction is not None), None)
        if asked is not None and asked.file.prediction is not None:
            yield track, asked, asked.file.prediction
