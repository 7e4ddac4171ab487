"""A cached TOML file is used exactly as long as the file has not changed."""

import os
import tomllib
from pathlib import Path

import pytest
from msgspec import Struct

from nnkata.course import toml_reader
from nnkata.course.toml_reader import TomlCache
from nnkata.errors import CourseError


class Room(Struct):
    """A table to read."""

    name: str
    seats: int = 0


class Other(Struct):
    """Another structure that fits the same table."""

    name: str


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room.toml"
    path.write_text('name = "red"\nseats = 10\n', encoding="utf-8")
    return path


@pytest.fixture
def stored(tmp_path: Path, room: Path) -> Path:
    """Return a cache that has read the room."""
    path = tmp_path / "cache" / "course.msgpack"
    cache = TomlCache(path)
    assert cache.read(room, Room) == Room("red", 10)
    cache.store()
    return path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch, stored: Path) -> list[str]:
    """Return the texts that are parsed from now on."""
    texts: list[str] = []
    original = tomllib.loads

    def loads(text: str) -> dict[str, object]:
        texts.append(text)
        return original(text)

    monkeypatch.setattr(tomllib, "loads", loads)
    return texts


def test_an_unchanged_file_is_not_parsed_again(stored: Path, room: Path, parsed: list[str]) -> None:
    before = stored.stat().st_mtime_ns
    cache = TomlCache(stored)
    assert cache.read(room, Room) == Room("red", 10)
    cache.store()
    assert parsed == []
    assert stored.stat().st_mtime_ns == before


def test_a_change_is_seen_even_if_size_and_time_are_as_before(
    stored: Path, room: Path, parsed: list[str]
) -> None:
    old = room.stat()
    room.write_text('name = "tan"\nseats = 12\n', encoding="utf-8")
    os.utime(room, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert room.stat().st_size == old.st_size
    assert TomlCache(stored).read(room, Room) == Room("tan", 12)
    assert len(parsed) == 1


def test_each_structure_is_stored_for_itself(stored: Path, room: Path, parsed: list[str]) -> None:
    with pytest.raises(CourseError, match="unknown key `seats`"):
        TomlCache(stored).read(room, _strict())
    assert TomlCache(stored).read(room, Other) == Other("red")


def _strict() -> type[Struct]:
    class Room(Struct, forbid_unknown_fields=True):
        name: str

    return Room


def test_a_removed_file_is_missing(stored: Path, room: Path) -> None:
    room.unlink()
    with pytest.raises(CourseError, match="is missing"):
        TomlCache(stored).read(room, Room)


@pytest.mark.parametrize("damage", [b"", b"junk", b"\x80"])
def test_a_damaged_cache_counts_as_empty(
    stored: Path, room: Path, parsed: list[str], damage: bytes
) -> None:
    stored.write_bytes(damage)
    cache = TomlCache(stored)
    assert cache.read(room, Room) == Room("red", 10)
    cache.store()
    assert len(parsed) == 1
    assert TomlCache(stored).read(room, Room) == Room("red", 10)
    assert len(parsed) == 1


def test_a_cache_of_another_engine_counts_as_empty(
    stored: Path, room: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toml_reader, "__version__", "0.0.0")
    assert TomlCache(stored).read(room, Room) == Room("red", 10)
    assert len(parsed) == 1


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, room: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    cache = TomlCache(blocked / "course.msgpack")
    assert cache.read(room, Room) == Room("red", 10)
    cache.store()
    assert blocked.read_text() == ""
