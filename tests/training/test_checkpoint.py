"""What a stopped training reached is stored whole, or a note says why it is not valid."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from nnkata.training.checkpoint import Checkpoint
from nnkata.training.stages import Accuracy, Event, Stage, TextLine, TrainingLog


def nothing(log: TrainingLog) -> None:
    pass


ONE, MANY = Stage("one", nothing), Stage("many", nothing, parts=3)
EVENTS: list[Event] = [TextLine("σ \x1b[31m"), Accuracy(0.1 + 0.2, "text", "name")]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    files = {name: tmp_path / name for name in ("a.py", "b.py", "c.py", "d.py")}
    for name, path in files.items():
        path.write_text(name, encoding="utf-8")
    return files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".kata" / "training.json"


def test_what_was_stored_is_read_again(path: Path, files: dict[str, Path]) -> None:
    checkpoint = Checkpoint(path, files)
    assert (checkpoint.note, checkpoint.summary([ONE, MANY])) == ("", [])
    checkpoint.add_part(ONE, [])
    checkpoint.add_part(MANY, EVENTS)
    again = Checkpoint(path, files)
    assert (again.note, again.done_parts(ONE), again.done_parts(MANY)) == ("", [[]], [EVENTS])
    assert again.summary([ONE, MANY]) == ["one", "1 of 3 parts of many"]
    assert [p.name for p in path.parent.iterdir()] == ["training.json"], "nothing half written"


def test_afresh_and_the_end_delete_it(path: Path, files: dict[str, Path]) -> None:
    Checkpoint(path, files).add_part(ONE, EVENTS)
    checkpoint = Checkpoint(path, files, afresh=True)
    assert (checkpoint.note, checkpoint.summary([ONE])) == ("", [])
    assert not path.exists()
    checkpoint.add_part(ONE, EVENTS)
    checkpoint.delete()
    assert not path.exists()


def test_a_changed_module_invalidates_it_and_is_named(path: Path, files: dict[str, Path]) -> None:
    Checkpoint(path, files).add_part(ONE, EVENTS)
    files["b.py"].write_text("another", encoding="utf-8")
    checkpoint = Checkpoint(path, files)
    assert "modules have changed since training was stopped (b.py), so it starts" in checkpoint.note
    assert checkpoint.summary([ONE]) == []
    for name in ("a.py", "c.py", "d.py"):
        files[name].write_text("another", encoding="utf-8")
    assert "(a.py, b.py, c.py and 1 more)" in Checkpoint(path, files).note


def test_an_added_or_removed_module_invalidates_it_too(path: Path, files: dict[str, Path]) -> None:
    Checkpoint(path, files).add_part(ONE, EVENTS)
    assert "(d.py)" in Checkpoint(path, {n: f for n, f in files.items() if n != "d.py"}).note


def test_another_version_invalidates_it(path: Path, files: dict[str, Path]) -> None:
    Checkpoint(path, files).add_part(ONE, EVENTS)
    table = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode(table | {"engine": "0.0.1"}))
    checkpoint = Checkpoint(path, files)
    assert "a different version of nnkata" in checkpoint.note
    assert checkpoint.summary([ONE]) == []


BROKEN = [
    b"",
    b"{",
    b"\xff\xfe",
    b"null",
    b"[]",
    b'{"format": 1}',
    b'{"format": "1"}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("data", BROKEN, ids=lambda data: repr(data[:12]))
def test_a_broken_file_is_reported_and_ignored(
    data: bytes, path: Path, files: dict[str, Path]
) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    checkpoint = Checkpoint(path, files)
    assert checkpoint.note.startswith("training.json cannot be read (")
    assert checkpoint.summary([ONE]) == []
    checkpoint.add_part(ONE, EVENTS)
    assert Checkpoint(path, files).done_parts(ONE) == [EVENTS]


def test_a_part_of_unknown_kind_is_a_broken_file(path: Path, files: dict[str, Path]) -> None:
    Checkpoint(path, files).add_part(ONE, EVENTS)
    path.write_bytes(path.read_bytes().replace(b'"accuracy"', b'"applause"'))
    assert "cannot be read" in Checkpoint(path, files).note


def test_training_goes_on_where_nothing_can_be_written(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    checkpoint = Checkpoint(files["a.py"] / "training.json", files)  # a file is not a folder
    checkpoint.add_part(ONE, EVENTS)
    assert not checkpoint.stored
    assert checkpoint.done_parts(ONE) == [EVENTS]
