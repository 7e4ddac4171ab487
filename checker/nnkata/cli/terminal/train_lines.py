"""Show a training run as lines of text, and track which stage and part is running."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator, Sequence

from ...training.stages import Event, Loss, Stage, TrainingView
from .screen import Screen


class PlainTrainingView:
    """Prints one line per event: for a pipe, a dumb terminal or a screen reader."""

    def __init__(self, screen: Screen) -> None:
        """Print to `screen`."""
        self.screen = screen

    def on_start(self, stage: Stage, before: Sequence[Event]) -> None:
        """Print nothing: a stage reports a title line itself."""

    def on_part(self, part: int) -> None:
        """Print nothing."""

    def on_event(self, event: Event) -> None:
        """Print the event's lines, if it has some, folded to the width."""
        for line in event.text.split("\n") if event.text else ():
            if len(line) <= self.screen.width:
                self.screen.echo(line)
            else:
                margin = len(line) - len(line.lstrip())
                self.screen.paragraph(line.strip(), indent=margin, hang=2)

    def on_end(self, stage: Stage) -> None:
        """Print nothing."""


class PositionTracker:
    """Tracks the current stage, part and loss of a training run, and passes events to a view."""

    def __init__(self, view: TrainingView) -> None:
        """Pass every event on to `view`."""
        self.view = view
        self.stage: Stage | None = None
        self.part = 0
        self.loss: Loss | None = None

    def on_start(self, stage: Stage, before: Sequence[Event]) -> None:
        """Store the stage."""
        self.stage = stage
        self.view.on_start(stage, before)

    def on_part(self, part: int) -> None:
        """Store the part; its steps are counted from 1 again."""
        self.part, self.loss = part, None
        self.view.on_part(part)

    def on_event(self, event: Event) -> None:
        """Store the latest loss."""
        if isinstance(event, Loss):
            self.loss = event
        self.view.on_event(event)

    def on_end(self, stage: Stage) -> None:
        """Store that no stage is running."""
        self.stage = None
        self.view.on_end(stage)

    def describe(self) -> str:
        """Return the stage, its part, the step and the loss as text; "" if no stage is running."""
        if self.stage is None:
            return ""
        text = self.stage.title
        if self.stage.parts > 1:
            text += f", part {self.part + 1} of {self.stage.parts}"
        if self.loss is not None:
            last = self.loss
            text += f", at {last.unit} {last.step} of {last.of}, loss {last.loss:.4g}"
        return text


@contextlib.contextmanager
def ignore_interrupts() -> Iterator[None]:
    """Ignore Ctrl-C while the terminal is restored and the end of a training run is reported."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
