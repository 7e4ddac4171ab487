"""Stages tell what happens, part by part, and a run goes on where one was stopped."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from nnkata.course.loading import read_courses
from nnkata.errors import CourseError
from nnkata.training.borrowing_importer import network
from nnkata.training.stages import (
    Accuracy,
    Event,
    Images,
    Loss,
    Said,
    Stage,
    Tell,
    stages_of,
    train,
)
from nnkata.workspace.workspace import Workspace


class Memory:
    """Keeps parts in a dict, and notes what is shown."""

    def __init__(self, **done: list[list[Event]]) -> None:
        self.done = dict(done)
        self.shown: list[object] = []

    def parts(self, stage: Stage) -> list[list[Event]]:
        return self.done.get(stage.title, [])

    def keep(self, stage: Stage, told: list[Event]) -> None:
        self.done.setdefault(stage.title, []).append(told)

    def began(self, stage: Stage, before: Sequence[Event]) -> None:
        self.shown.append((stage.title, list(before)))

    def at_part(self, part: int) -> None:
        self.shown.append(part)

    def heard(self, event: Event) -> None:
        self.shown.append(event)

    def ended(self, stage: Stage) -> None:
        self.shown.append(f"{stage.title} ended")


def counting(tell: Tell) -> None:
    tell.loss(1, 1, 0.5, "a loss")
    tell.said(f"part {tell.part} after {len(tell.before)}")


def test_a_stage_is_run_for_each_part_and_told_what_the_earlier_ones_said() -> None:
    memory = Memory()
    train([Stage("two", counting, parts=2)], memory, memory)
    first, second = Said("part 0 after 0"), Said("part 1 after 1")
    loss = Loss(1, 1, 0.5, "a loss")
    assert memory.shown == [("two", []), 0, loss, first, 1, loss, second, "two ended"]
    assert memory.done == {"two": [[first], [second]]}, "losses are not kept"


def test_what_is_done_is_not_run_again() -> None:
    before = Said("part 0 after 0")
    memory = Memory(one=[[]], two=[[before]])
    stages = [Stage("one", counting), Stage("two", counting, parts=2), Stage("three", counting)]
    train(stages, memory, memory)
    said = [e.text for e in memory.shown if isinstance(e, Said)]
    assert memory.shown[:2] == [("two", [before]), 1]
    assert said == ["part 1 after 1", "part 0 after 0"]
    assert [len(parts) for parts in memory.done.values()] == [1, 2, 1]


def test_a_part_that_raises_is_not_kept() -> None:
    def breaks(tell: Tell) -> None:
        if tell.part == 1:
            raise ArithmeticError
        tell.accuracy(0.5, "half")

    memory = Memory()
    with pytest.raises(ArithmeticError):
        train([Stage("two", breaks, parts=2)], memory, memory)
    assert memory.done == {"two": [[Accuracy(0.5, "half")]]}


@pytest.mark.parametrize(
    ("loss", "words"),
    [
        (math.nan, "the loss is not a number (nan) at epoch 2"),
        (math.inf, "the loss is infinite at epoch 2"),
        (-math.inf, "the loss is infinite at epoch 2"),
    ],
)
def test_a_loss_that_is_lost_is_said_once_and_in_words(loss: float, words: str) -> None:
    told: list[Event] = []
    tell = Tell(told.append)
    for epoch, value in enumerate([0.5, loss, loss], start=1):
        tell.loss(epoch, 3, value, unit="epoch")
    said = [event for event in told if isinstance(event, Said)]
    assert len(said) == 1
    assert words in said[0].text
    assert told.index(said[0]) == 2


def test_numbers_become_pythons_own_and_no_number_is_refused() -> None:
    import numpy as np

    told: list[Event] = []
    tell = Tell(told.append)
    tell.loss(np.int64(1), np.int64(2), np.float64(0.5))  # type: ignore[arg-type]
    tell.accuracy(np.float64(0.5), "half")
    assert [type(v) for v in (told[0].step, told[0].loss)] == [int, float]  # type: ignore[union-attr]
    with pytest.raises(TypeError):
        tell.loss(1, 2, None)  # type: ignore[arg-type]


def test_the_stages_of_a_course_come_from_its_training_module(workspace: Workspace) -> None:
    with network(workspace):
        stages = stages_of(workspace.course)
    assert [(stage.title, stage.parts) for stage in stages] == [("first", 1), ("long", 3)]


IMPORT = "from nnkata.training import Stage\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import nothing_of_this_name", "cannot be loaded: ModuleNotFoundError"),
        ("def stages(:", "cannot be loaded: SyntaxError"),
        ("x = 1", "has no attribute 'stages'"),
        ("def stages(network): return []", "different titles"),
        (f"{IMPORT}def stages(network): return [Stage('a', print)] * 2", "different titles"),
        (f"{IMPORT}def stages(network): return [Stage('a', print, 0)]", "at least one part"),
    ],
)
def test_a_training_module_that_is_wrong_is_the_courses_fault(
    text: str, words: str, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(text, encoding="utf-8")
    with network(workspace), pytest.raises(CourseError) as caught:
        stages_of(replace(workspace.course, training=path))
    assert str(path) in caught.value.message
    assert words in caught.value.message


def test_a_course_names_a_training_module_that_is_there(site: Path) -> None:
    (site / "waiting" / "training.py").unlink()
    _, broken = read_courses([("waiting", site / "waiting")])
    assert "training.py is missing" in broken[0].why


def test_a_pack_that_extends_a_course_leaves_training_to_it(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(site))
    toml = site / "waiting" / "course.toml"
    toml.write_text(toml.read_text().replace('package = "net"', 'extends = "another"'))
    _, broken = read_courses([("waiting", site / "waiting")])
    assert "`training` belongs to the course that is extended" in broken[0].why


def test_the_example_of_the_document_runs() -> None:
    document = Path(__file__).parents[2] / "docs" / "instructor" / "authoring.md"
    text = document.read_text(encoding="utf-8").partition("## Training")[2]
    known: dict[str, Any] = {}
    exec(text.partition("```python\n")[2].partition("```")[0], known)
    model = SimpleNamespace(learn=lambda epoch: 1 / epoch, read=lambda block: block / 14)
    known["importlib"] = SimpleNamespace(import_module={"net.part.model": model}.__getitem__)
    memory = Memory()
    train(known["stages"](SimpleNamespace(__name__="net")), memory, memory)
    told = [e for e in memory.shown if isinstance(e, Said | Loss | Accuracy | Images)]
    assert [type(e).__name__ for e in told] == (
        ["Said", *["Loss"] * 10, "Accuracy", "Images"] + ["Accuracy"] * 14
    )
    assert told[1].text == "  epoch  1  loss 1.0000"
