"""How a course trains its network: stages that tell what happens while they run.

A course's training module has one function, `stages(network)`, which is given the learner's
imported package and returns the stages. Each is a function of one argument, `tell`, and tells what
happens through it. Everything told carries the line that plain output prints; a terminal may draw
a loss or a picture instead.
"""

from __future__ import annotations

import importlib
import importlib.util
import math
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Protocol

from msgspec import Struct

from ..errors import CourseError
from ..model import Course


class Said(Struct, frozen=True, tag="said"):
    """A line of text."""

    text: str


class Loss(Struct, frozen=True, tag="loss"):
    """The loss at one of `of` steps; its text is empty where plain output leaves it out."""

    step: int
    of: int
    loss: float
    text: str = ""
    unit: str = "step"


class Accuracy(Struct, frozen=True, tag="accuracy"):
    """The share that was answered rightly, from 0 to 1, and what it is the share of."""

    share: float
    text: str
    name: str = ""


class Image(Struct, frozen=True):
    """A small picture: rows of pixels from 0 (paper) to 1 (ink), and the lines below it."""

    pixels: tuple[tuple[float, ...], ...]
    caption: tuple[str, ...] = ()


class Images(Struct, frozen=True, tag="images"):
    """Some small pictures, and the same in words."""

    text: str
    images: tuple[Image, ...]


Event = Said | Loss | Accuracy | Images
KEPT = (Said, Accuracy)
"""What a later part of a stage, or a run that goes on, is told of the earlier ones."""


class Tell:
    """What a stage is given: which part of it to run, what came before, and an ear."""

    def __init__(self, hear: Callable[[Event], None]) -> None:
        """Take the ear."""
        self._hear = hear
        self._lost = False
        self.part = 0
        """The number of the part to run, from 0."""
        self.before: list[Event] = []
        """What the stage's earlier parts said, and their accuracies."""

    def said(self, text: str) -> None:
        """Tell a line."""
        self._hear(Said(str(text)))

    def loss(self, step: int, of: int, loss: float, text: str = "", unit: str = "step") -> None:
        """Tell the loss at a step; the first that is no finite number is said in words too."""
        loss = float(loss)
        self._hear(Loss(int(step), int(of), loss, text, unit))
        if not math.isfinite(loss) and not self._lost:
            self._lost = True
            self.said(_LOST["nan" if math.isnan(loss) else "inf"].format(unit=unit, step=step))

    def accuracy(self, share: float, text: str, name: str = "") -> None:
        """Tell an accuracy."""
        self._hear(Accuracy(float(share), text, name))

    def images(self, text: str, images: Sequence[Image]) -> None:
        """Tell pictures, and in words what they show."""
        self._hear(Images(text, tuple(images)))


_LOST = {
    "nan": "  the loss is not a number (nan) at {unit} {step}: a nan in a weight stays there, and "
    "nothing more is learned",
    "inf": "  the loss is infinite at {unit} {step}: a number grew too large, or it is the "
    "logarithm of 0",
}


class Stage(Struct, frozen=True):
    """One stage of a training: its short title, and the function that runs it.

    A stage of several parts is run once for each, with `tell.part` from 0; a run that was stopped
    goes on with the part that was not finished. `weight` says how long the stage takes beside the
    others, for the time that is left.
    """

    title: str
    run: Callable[[Tell], None]
    parts: int = 1
    weight: float = 1.0


class View(Protocol):
    """Whoever shows a training."""

    def began(self, stage: Stage, before: Sequence[Event]) -> None:
        """Show that a stage begins, or goes on after what its earlier parts told."""

    def at_part(self, part: int) -> None:
        """Show that a part of the stage begins."""

    def heard(self, event: Event) -> None:
        """Show what was told."""

    def ended(self, stage: Stage) -> None:
        """Show that a stage is done."""


class Keeping(Protocol):
    """Whoever keeps what is done, so that a run can go on."""

    def parts(self, stage: Stage) -> list[list[Event]]:
        """Return what each part of the stage that is done has told."""

    def keep(self, stage: Stage, told: list[Event]) -> None:
        """Keep that one more part of the stage is done."""


def train(stages: Sequence[Stage], kept: Keeping, view: View) -> None:
    """Run what is not done yet of the stages, one after the other."""
    for stage in stages:
        done = kept.parts(stage)
        if len(done) >= stage.parts:
            continue
        before = [event for told in done for event in told]
        view.began(stage, before)
        told: list[Event] = []

        def hear(event: Event, told: list[Event] = told) -> None:
            if isinstance(event, KEPT):
                told.append(event)
            view.heard(event)

        tell = Tell(hear)
        for part in range(len(done), stage.parts):
            told.clear()
            tell.part, tell.before = part, list(before)
            view.at_part(part)
            stage.run(tell)
            before += told
            kept.keep(stage, list(told))
        view.ended(stage)


def stages_of(course: Course) -> list[Stage]:
    """Return the stages of a course's training; the learner's package is imported for it.

    Raises `CourseError` where the training module itself is not as it should be. What the
    learner's package raises is raised.
    """
    assert course.training is not None
    path = course.training
    spec = importlib.util.spec_from_file_location(f"{course.name}_training", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        make: Callable[[ModuleType], Sequence[Stage]] = module.stages
    except Exception as error:
        raise CourseError(
            f"{path} cannot be loaded: {type(error).__name__}: {error}",
            next_step="its author has to define `stages(network)` there; see docs/instructor/authoring.md",
        ) from error
    found = list(make(importlib.import_module(course.package)))
    titles = [stage.title for stage in found]
    if not found or len(set(titles)) < len(titles) or any(s.parts < 1 for s in found):
        raise CourseError(
            f"{path}: `stages` must give stages with different titles and at least one part each"
        )
    return found
