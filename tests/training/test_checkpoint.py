"""What a stopped training reached is kept whole, or said to be void."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from nnkata.training.checkpoint import Kept
from nnkata.training.stages import Accuracy, Event, Said, Stage, Tell


def nothing(tell: Tell) -> None:
    pass


ONE, MANY = Stage("one", nothing), Stage("many", nothing, parts=3)
TOLD: list[Event] = [Said("σ \x1b[31m"), Accuracy(0.1 + 0.2, "text", "name")]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    files = {name: tmp_path / name for name in ("a.py", "b.py", "c.py", "d.py")}
    for name, path in files.items():
        path.write_text(name, encoding="utf-8")
    return files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".kata" / "training.json"


def test_what_was_kept_is_read_again_as_it_was(path: Path, files: dict[str, Path]) -> None:
    kept = Kept(path, files)
    assert (kept.note, kept.reached([ONE, MANY])) == ("", [])
    kept.keep(ONE, [])
    kept.keep(MANY, TOLD)
    again = Kept(path, files)
    assert (again.note, again.parts(ONE), again.parts(MANY)) == ("", [[]], [TOLD])
    assert again.reached([ONE, MANY]) == ["one", "1 of 3 parts of many"]
    assert [p.name for p in path.parent.iterdir()] == ["training.json"], "nothing half written"


def test_afresh_forgets_and_so_does_the_end(path: Path, files: dict[str, Path]) -> None:
    Kept(path, files).keep(ONE, TOLD)
    kept = Kept(path, files, afresh=True)
    assert (kept.note, kept.reached([ONE])) == ("", [])
    assert not path.exists()
    kept.keep(ONE, TOLD)
    kept.forget()
    assert not path.exists()


def test_a_module_that_is_another_makes_it_void_and_is_named(
    path: Path, files: dict[str, Path]
) -> None:
    Kept(path, files).keep(ONE, TOLD)
    files["b.py"].write_text("another", encoding="utf-8")
    kept = Kept(path, files)
    assert "the network has changed since training was stopped (b.py), so it begins" in kept.note
    assert kept.reached([ONE]) == []
    for name in ("a.py", "c.py", "d.py"):
        files[name].write_text("another", encoding="utf-8")
    assert "(a.py, b.py, c.py and 1 more)" in Kept(path, files).note


def test_a_module_that_came_or_went_makes_it_void_too(path: Path, files: dict[str, Path]) -> None:
    Kept(path, files).keep(ONE, TOLD)
    assert "(d.py)" in Kept(path, {n: f for n, f in files.items() if n != "d.py"}).note


def test_another_version_makes_it_void(path: Path, files: dict[str, Path]) -> None:
    Kept(path, files).keep(ONE, TOLD)
    table = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode(table | {"engine": "0.0.1"}))
    kept = Kept(path, files)
    assert "another version of nnkata" in kept.note
    assert kept.reached([ONE]) == []


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
def test_a_broken_file_is_said_and_ignored(data: bytes, path: Path, files: dict[str, Path]) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    kept = Kept(path, files)
    assert kept.note.startswith("training.json cannot be read (")
    assert kept.reached([ONE]) == []
    kept.keep(ONE, TOLD)
    assert Kept(path, files).parts(ONE) == [TOLD]


def test_a_part_of_unknown_kind_is_a_broken_file(path: Path, files: dict[str, Path]) -> None:
    Kept(path, files).keep(ONE, TOLD)
    path.write_bytes(path.read_bytes().replace(b'"accuracy"', b'"applause"'))
    assert "cannot be read" in Kept(path, files).note


def test_training_goes_on_where_nothing_can_be_written(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    kept = Kept(files["a.py"] / "training.json", files)  # a file is no folder
    kept.keep(ONE, TOLD)
    assert not kept.stored
    assert kept.parts(ONE) == [TOLD]
