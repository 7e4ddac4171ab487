"""Stages report what happens, part by part, and a run continues where one was stopped."""

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
from nnkata.training.borrowing_importer import importable_package
from nnkata.training.stages import (
    Accuracy,
    Event,
    Images,
    Loss,
    Stage,
    TextLine,
    TrainingLog,
    load_stages,
    train,
)
from nnkata.workspace.workspace import Workspace


class Memory:
    """Stores parts in a dict, and records the calls of a view."""

    def __init__(self, **done: list[list[Event]]) -> None:
        self.done = dict(done)
        self.calls: list[object] = []

    def done_parts(self, stage: Stage) -> list[list[Event]]:
        return self.done.get(stage.title, [])

    def add_part(self, stage: Stage, events: list[Event]) -> None:
        self.done.setdefault(stage.title, []).append(events)

    def on_start(self, stage: Stage, before: Sequence[Event]) -> None:
        self.calls.append((stage.title, list(before)))

    def on_part(self, part: int) -> None:
        self.calls.append(part)

    def on_event(self, event: Event) -> None:
        self.calls.append(event)

    def on_end(self, stage: Stage) -> None:
        self.calls.append(f"{stage.title} ended")


def counting(log: TrainingLog) -> None:
    log.loss(1, 1, 0.5, "a loss")
    log.line(f"part {log.part} after {len(log.before)}")


def test_a_stage_is_run_for_each_part_and_gets_the_lines_of_the_earlier_ones() -> None:
    memory = Memory()
    train([Stage("two", counting, parts=2)], memory, memory)
    first, second = TextLine("part 0 after 0"), TextLine("part 1 after 1")
    loss = Loss(1, 1, 0.5, "a loss")
    assert memory.calls == [("two", []), 0, loss, first, 1, loss, second, "two ended"]
    assert memory.done == {"two": [[first], [second]]}, "losses are not stored"


def test_what_is_done_is_not_run_again() -> None:
    before = TextLine("part 0 after 0")
    memory = Memory(one=[[]], two=[[before]])
    stages = [Stage("one", counting), Stage("two", counting, parts=2), Stage("three", counting)]
    train(stages, memory, memory)
    lines = [e.text for e in memory.calls if isinstance(e, TextLine)]
    assert memory.calls[:2] == [("two", [before]), 1]
    assert lines == ["part 1 after 1", "part 0 after 0"]
    assert [len(parts) for parts in memory.done.values()] == [1, 2, 1]


def test_a_part_that_raises_is_not_stored() -> None:
    def breaks(log: TrainingLog) -> None:
        if log.part == 1:
            raise ArithmeticError
        log.accuracy(0.5, "half")

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
def test_a_loss_that_is_not_finite_is_explained_once(loss: float, words: str) -> None:
    events: list[Event] = []
    log = TrainingLog(events.append)
    for epoch, value in enumerate([0.5, loss, loss], start=1):
        log.loss(epoch, 3, value, unit="epoch")
    lines = [event for event in events if isinstance(event, TextLine)]
    assert len(lines) == 1
    assert words in lines[0].text
    assert events.index(lines[0]) == 2


def test_numbers_become_built_in_ones_and_none_is_not_a_number() -> None:
    import numpy as np

    events: list[Event] = []
    log = TrainingLog(events.append)
    log.loss(np.int64(1), np.int64(2), np.float64(0.5))  # type: ignore[arg-type]
    log.accuracy(np.float64(0.5), "half")
    assert [type(v) for v in (events[0].step, events[0].loss)] == [int, float]  # type: ignore[union-attr]
    with pytest.raises(TypeError):
        log.loss(1, 2, None)  # type: ignore[arg-type]


def test_the_stages_of_a_course_come_from_its_training_module(workspace: Workspace) -> None:
    with importable_package(workspace):
        stages = load_stages(workspace.course, set())
    assert [(stage.title, stage.parts) for stage in stages] == [("first", 1), ("long", 3)]


IMPORT = "from nnkata.training import Stage\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import nothing_of_this_name", "cannot be loaded: ModuleNotFoundError"),
        ("def stages(:", "cannot be loaded: SyntaxError"),
        ("x = 1", "has no attribute 'stages'"),
        ("def stages(network, solved): return []", "different titles"),
        (
            f"{IMPORT}def stages(network, solved): return [Stage('a', print)] * 2",
            "different titles",
        ),
        (
            f"{IMPORT}def stages(network, solved): return [Stage('a', print, 0)]",
            "at least one part",
        ),
    ],
)
def test_an_invalid_training_module_is_an_error_of_the_course(
    text: str, words: str, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.py"
    path.write_text(text, encoding="utf-8")
    with importable_package(workspace), pytest.raises(CourseError) as caught:
        load_stages(replace(workspace.course, training=path), set())
    assert str(path) in caught.value.message
    assert words in caught.value.message


def test_a_course_names_a_training_module_that_is_there(site: Path) -> None:
    (site / "waiting" / "training.py").unlink()
    _, broken = read_courses([("waiting", site / "waiting")])
    assert "training.py is missing" in broken[0].why


def test_a_pack_that_extends_a_course_has_no_training_of_its_own(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(site))
    toml = site / "waiting" / "course.toml"
    toml.write_text(toml.read_text().replace('package = "net"', 'extends = "another"'))
    _, broken = read_courses([("waiting", site / "waiting")])
    assert "`training` belongs in the course.toml of the course that is extended" in broken[0].why


def test_the_example_of_the_document_runs() -> None:
    document = Path(__file__).parents[2] / "docs" / "instructor" / "authoring.md"
    text = document.read_text(encoding="utf-8").partition("## Training")[2]
    known: dict[str, Any] = {}
    exec(text.partition("```python\n")[2].partition("```")[0], known)
    model = SimpleNamespace(learn=lambda epoch: 1 / epoch, read=lambda block: block / 14)
    known["importlib"] = SimpleNamespace(import_module={"net.part.model": model}.__getitem__)
    memory = Memory()
    train(known["stages"](SimpleNamespace(__name__="net"), set()), memory, memory)
    events = [e for e in memory.calls if isinstance(e, TextLine | Loss | Accuracy | Images)]
    assert [type(e).__name__ for e in events] == (
        ["TextLine", *["Loss"] * 10, "Accuracy", "Images"] + ["Accuracy"] * 14
    )
    assert events[1].text == "  epoch  1  loss 1.0000"
