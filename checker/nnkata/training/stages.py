"""The stages of a course's training, and the log that they report to while they run.

A course's training module defines one function, `stages(package, solved)`. It gets the learner's
imported package and the names of the katas that they have solved, and returns the stages. A stage
runs a function of one argument, `log`, and reports its progress to that log as events. Each event
has the line that plain output prints; a terminal may draw a loss or a picture instead.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Callable, Sequence, Set
from types import ModuleType
from typing import Protocol

from msgspec import Struct

from ..errors import CourseError
from ..model import Course


class TextLine(Struct, frozen=True, tag="line"):
    """A line of text."""

    text: str


class Loss(Struct, frozen=True, tag="loss"):
    """The loss at one of `of` steps; plain output prints `text` unless it is empty."""

    step: int
    of: int
    loss: float
    text: str = ""
    unit: str = "step"


class Accuracy(Struct, frozen=True, tag="accuracy"):
    """The share of right answers, from 0 to 1, and the name of the data that it is measured on."""

    share: float
    text: str
    name: str = ""


class Image(Struct, frozen=True):
    """A small picture: rows of pixels from 0 (background) to 1 (ink), and lines below it."""

    pixels: tuple[tuple[float, ...], ...]
    caption: tuple[str, ...] = ()


class Images(Struct, frozen=True, tag="images"):
    """Some small pictures, and a text that says what they show."""

    text: str
    images: tuple[Image, ...]


Event = TextLine | Loss | Accuracy | Images
STORED = (TextLine, Accuracy)
"""The events that are stored in the checkpoint, for later parts of the stage and later runs."""


class TrainingLog:
    """Receives the events of a stage, and has the number of the part to run."""

    def __init__(self, on_event: Callable[[Event], None]) -> None:
        """Pass every event on to `on_event`."""
        self._on_event = on_event
        self._warned = False
        self.part = 0
        """The number of the part to run, from 0."""
        self.before: list[Event] = []
        """The lines and accuracies of the stage's earlier parts."""

    def line(self, text: str) -> None:
        """Report a line of text."""
        self._on_event(TextLine(str(text)))

    def loss(self, step: int, of: int, loss: float, text: str = "", unit: str = "step") -> None:
        """Report the loss at a step; a line explains the first loss that is not finite."""
        loss = float(loss)
        self._on_event(Loss(int(step), int(of), loss, text, unit))
        if not math.isfinite(loss) and not self._warned:
            self._warned = True
            text = _NOT_FINITE["nan" if math.isnan(loss) else "inf"]
            self.line(text.format(unit=unit, step=step))

    def accuracy(self, share: float, text: str, name: str = "") -> None:
        """Report an accuracy from 0 to 1."""
        self._on_event(Accuracy(float(share), text, name))

    def images(self, text: str, images: Sequence[Image]) -> None:
        """Report pictures, and a text that says what they show."""
        self._on_event(Images(text, tuple(images)))


_NOT_FINITE = {
    "nan": "  the loss is not a number (nan) at {unit} {step}: a nan in a weight stays there, and "
    "nothing more is learned",
    "inf": "  the loss is infinite at {unit} {step}: a number grew too large, or it is the "
    "logarithm of 0",
}


class Stage(Struct, frozen=True):
    """One stage of training: its short title, and the function that runs it.

    A stage of several parts is run once per part, with `log.part` from 0. A training run that was
    stopped continues with the first part that is not finished. `weight` is the duration of the
    stage relative to the others; the remaining time is estimated from it. `katas` names the katas
    whose modules the stage uses; the modules that these need are counted too. A `locked` stage is
    listed with these counts and does not run, because it needs modules of the learner.
    """

    title: str
    run: Callable[[TrainingLog], None]
    parts: int = 1
    weight: float = 1.0
    katas: tuple[str, ...] = ()
    locked: bool = False

    def modules(self, course: Course) -> list[str]:
        """Return the katas whose modules the stage uses, in the order of the course."""
        used = {need for name in self.katas for need in (name, *course.all_needs(name))}
        return [name for name in course.katas if name in used]


class TrainingView(Protocol):
    """Shows a training run."""

    def on_start(self, stage: Stage, before: Sequence[Event]) -> None:
        """Called when a stage starts; `before` are the stored events of its earlier parts."""

    def on_part(self, part: int) -> None:
        """Called when a part of the stage starts."""

    def on_event(self, event: Event) -> None:
        """Called for each event of the stage."""

    def on_end(self, stage: Stage) -> None:
        """Called when a stage is done."""


class PartStore(Protocol):
    """Stores the finished parts of the stages, so that a later run can continue."""

    def done_parts(self, stage: Stage) -> list[list[Event]]:
        """Return the stored events of each part of the stage that is done."""

    def add_part(self, stage: Stage, events: list[Event]) -> None:
        """Store that one more part of the stage is done."""


def train(stages: Sequence[Stage], store: PartStore, view: TrainingView) -> None:
    """Run the parts of the stages that are not done, one after the other."""
    for stage in stages:
        done = store.done_parts(stage)
        if len(done) >= stage.parts:
            continue
        before = [event for events in done for event in events]
        view.on_start(stage, before)
        events: list[Event] = []

        def on_event(event: Event, events: list[Event] = events) -> None:
            if isinstance(event, STORED):
                events.append(event)
            view.on_event(event)

        log = TrainingLog(on_event)
        for part in range(len(done), stage.parts):
            events.clear()
            log.part, log.before = part, list(before)
            view.on_part(part)
            stage.run(log)
            before += events
            store.add_part(stage, list(events))
        view.on_end(stage)


def load_stages(course: Course, solved: Set[str]) -> list[Stage]:
    """Import a course's training module and the learner's package, and return all stages.

    Raises `CourseError` if the training module cannot be loaded or its stages are not valid, and
    whatever the learner's package raises.
    """
    assert course.training is not None
    path = course.training
    spec = importlib.util.spec_from_file_location(f"{course.name}_training", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        make: Callable[[ModuleType, Set[str]], Sequence[Stage]] = module.stages
    except Exception as error:
        raise CourseError(
            f"{path} cannot be loaded: {type(error).__name__}: {error}",
            next_step="its author has to define `stages(package, solved)` there; "
            "see docs/instructor/authoring.md",
        ) from error
    stages = list(make(importlib.import_module(course.package), solved))
    titles = {stage.title for stage in stages}
    if not stages or len(titles) < len(stages) or any(stage.parts < 1 for stage in stages):
        raise CourseError(
            f"{path}: `stages` must return stages with different titles and at least one part each"
        )
    for stage in stages:
        if unknown := [name for name in stage.katas if name not in course.katas]:
            raise CourseError(f"{path}: stage `{stage.title}` names an unknown kata: {unknown[0]}")
    return stages
