"""Two ways to show a training without drawing: as lines, and as how far it has come."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator, Sequence

from ...training.stages import Event, Loss, Stage, View
from .screen import Screen


class Lines:
    """Prints the line of each event; what a pipe, a dumb terminal and a screen reader get."""

    def __init__(self, screen: Screen) -> None:
        """Take the screen."""
        self.screen = screen

    def began(self, stage: Stage, before: Sequence[Event]) -> None:
        """Print nothing: a stage says itself what it is."""

    def at_part(self, part: int) -> None:
        """Print nothing."""

    def heard(self, event: Event) -> None:
        """Print what was told, if it has a line."""
        if event.text:
            self.screen.echo(event.text)

    def ended(self, stage: Stage) -> None:
        """Print nothing."""


class Reached:
    """Remembers where a training is, for the words when it is stopped, and hands on to a view."""

    def __init__(self, view: View) -> None:
        """Take the view that shows it."""
        self.view = view
        self.stage: Stage | None = None
        self.part = 0
        self.loss: Loss | None = None

    def began(self, stage: Stage, before: Sequence[Event]) -> None:
        """Note the stage."""
        self.stage = stage
        self.view.began(stage, before)

    def at_part(self, part: int) -> None:
        """Note the part; its steps begin again."""
        self.part, self.loss = part, None
        self.view.at_part(part)

    def heard(self, event: Event) -> None:
        """Note the loss."""
        if isinstance(event, Loss):
            self.loss = event
        self.view.heard(event)

    def ended(self, stage: Stage) -> None:
        """Note that nothing is under way."""
        self.stage = None
        self.view.ended(stage)

    def words(self) -> str:
        """Return where it is: the stage, its part, the step and the loss."""
        if self.stage is None:
            return ""
        words = self.stage.title
        if self.stage.parts > 1:
            words += f", part {self.part + 1} of {self.stage.parts}"
        if self.loss is not None:
            at = self.loss
            words += f", at {at.unit} {at.step} of {at.of}, loss {at.loss:.4g}"
        return words


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Let no second Ctrl-C break off what puts the terminal right and says how it ended."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
