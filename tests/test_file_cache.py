"""A cached value is used exactly as long as its files have not changed, and never for grading."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec import Struct

from nnkata import file_cache
from nnkata.cli.group import kata as command_line
from nnkata.course.loading import assemble, read_pack
from nnkata.file_cache import FileCache
from nnkata.model import Course, KataFile
from nnkata.workspace.workspace import Workspace, create, open_cache

CHECKS = 'def test_a(solution):\n    """A."""\n    assert solution.f() == 1\n'
STUB = "def f():\n    raise NotImplementedError('kata: write f')\n"
RIGHT = "def f():\n    return 1\n"


class Room(Struct):
    """A value to compute."""

    name: str
    seats: int = 0


class StrictRoom(Struct, forbid_unknown_fields=True):
    """Another value of the same file."""

    name: str


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files that were just written count as settled."""
    monkeypatch.setattr(file_cache, "SETTLED_NS", -(2**62))


class Counted:
    """A function that reads a file and counts how often."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0

    def __call__(self) -> Room:
        self.count += 1
        name, seats = self.path.read_text().split()
        return Room(name, int(seats))


@pytest.fixture
def room(tmp_path: Path) -> Path:
    path = tmp_path / "room"
    path.write_text("red 10")
    return path


@pytest.fixture
def stored(tmp_path: Path, room: Path) -> Path:
    """Return a cache file that has the room."""
    path = tmp_path / "cache" / "files.cache"
    cache = FileCache(path)
    assert cache.get("room", [room], Room, Counted(room)) == Room("red", 10)
    cache.save()
    return path


def test_an_unchanged_file_is_not_read_again(stored: Path, room: Path) -> None:
    before = stored.stat().st_mtime_ns
    cache, read = FileCache(stored), Counted(room)
    assert cache.get("room", [room], Room, read) == Room("red", 10)
    cache.save()
    assert read.count == 0
    assert stored.stat().st_mtime_ns == before


def test_a_change_is_seen_even_if_size_and_time_are_as_before(stored: Path, room: Path) -> None:
    old = room.stat()
    room.write_text("tan 12")
    os.utime(room, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert room.stat().st_size == old.st_size
    assert FileCache(stored).get("room", [room], Room, Counted(room)) == Room("tan", 12)


def test_a_file_replaced_by_another_is_seen(stored: Path, room: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("tan 12")
    other.replace(room)
    assert FileCache(stored).get("room", [room], Room, Counted(room)) == Room("tan", 12)


def test_a_value_of_several_files_changes_with_each_of_them(tmp_path: Path, room: Path) -> None:
    """A file that is missing at first is one of them."""
    cache, more, read = FileCache(tmp_path / "c"), tmp_path / "more", Counted(room)
    for count in (1, 1):
        cache.get("room", [room, more], Room, read)
        assert read.count == count
    more.write_text("x")
    cache.get("room", [room, more], Room, read)
    assert read.count == 2
    more.unlink()
    cache.get("room", [room, more], Room, read)
    assert read.count == 3


def test_a_file_that_has_just_changed_is_read_again(
    tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its next change may get the same time."""
    monkeypatch.setattr(file_cache, "SETTLED_NS", 10**12)
    cache, read = FileCache(tmp_path / "c"), Counted(room)
    for count in (1, 2):
        assert cache.get("room", [room], Room, read) == Room("red", 10)
        assert read.count == count
    cache.save()
    assert not (tmp_path / "c").exists()


def test_a_stored_value_of_another_type_is_computed_again(stored: Path, room: Path) -> None:
    value = FileCache(stored).get("room", [room], StrictRoom, lambda: StrictRoom("tan"))
    assert value == StrictRoom("tan")


def test_an_error_is_passed_on_each_time(tmp_path: Path, room: Path) -> None:
    cache = FileCache(tmp_path / "c")
    room.write_text("red ten")
    for _ in range(2):
        with pytest.raises(ValueError, match="ten"):
            cache.get("room", [room], Room, Counted(room))


@pytest.mark.parametrize("damage", [b"", b"junk", b"\x80", "half"])
def test_a_damaged_cache_counts_as_empty_and_is_replaced(
    stored: Path, room: Path, damage: bytes | str
) -> None:
    whole = stored.read_bytes()
    stored.write_bytes(damage if isinstance(damage, bytes) else whole[: len(whole) // 2])
    cache, read = FileCache(stored), Counted(room)
    assert cache.get("room", [room], Room, read) == Room("red", 10)
    cache.save()
    assert read.count == 1
    assert stored.read_bytes() == whole


def test_a_cache_of_another_engine_counts_as_empty(
    stored: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_cache, "__version__", "0.0.0")
    read = Counted(room)
    FileCache(stored).get("room", [room], Room, read)
    assert read.count == 1


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, room: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    cache = FileCache(blocked / "files.cache")
    assert cache.get("room", [room], Room, Counted(room)) == Room("red", 10)
    cache.save()
    assert blocked.read_text() == ""


def test_values_of_other_commands_are_kept_up_to_a_limit(
    stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most, kept in ((2, 1), (1, 0)):
        other = tmp_path / f"other{most}"
        other.write_text("tan 12")
        monkeypatch.setattr(file_cache, "MOST_VALUES", most)
        cache = FileCache(stored)
        cache.get("room", [other], Room, Counted(other))
        cache.save()
        read = Counted(tmp_path / "room")
        FileCache(stored).get("room", [tmp_path / "room"], Room, read)
        assert read.count == 1 - kept


@pytest.fixture
def workspace(lab: Any, tmp_path: Path) -> Workspace:
    """Return a workspace of two katas; the first is solved and everything is cached."""
    katas = {
        name: {"reference": RIGHT, "exports": ["f"], "checks": CHECKS, "stub": STUB}
        for name in ("one", "two")
    }
    root = lab.write_course(katas)
    lab.install(root)
    made, _ = create(tmp_path / "w", read_course_of(root))
    (made.package / "part/one.py").write_text(RIGHT)
    assert run(made, "check", "one").exit_code == 0
    assert run(made, "next").exit_code == 0
    return Workspace(made.root, made.course)


def read_course_of(root: Path) -> Course:
    return assemble([read_pack(root, "lab")])[0]["tiny"]


def run(workspace: Workspace, *words: str) -> Result:
    return CliRunner().invoke(command_line, ["-C", str(workspace.root), *words], prog_name="kata")


def states(workspace: Workspace) -> dict[str, str]:
    """Return the states of a workspace that is opened anew."""
    return dict(Workspace(workspace.root, workspace.course).states())


def test_an_unchanged_workspace_is_not_read_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        raise AssertionError("it is cached")

    monkeypatch.setattr(Workspace, "read", refuse)
    assert workspace.states() == {"one": "passed", "two": "open"}
    assert workspace.current() == workspace.course.katas["two"]


def test_a_changed_module_and_changed_checks_are_noticed(workspace: Workspace) -> None:
    one, two = workspace.course.katas.values()
    module = workspace.path_of(one)
    module.write_text(RIGHT + "\n")
    assert states(workspace)["one"] == "recheck"
    module.write_text(RIGHT)
    assert states(workspace)["one"] == "passed"
    one.probes.write_text("def g():\n    return 1\n")
    assert states(workspace)["one"] == "recheck"
    one.probes.unlink()
    module.unlink()
    assert states(workspace)["one"] == "open"
    assert workspace.is_untouched(two)
    two.stub.write_text(STUB + "\n")
    assert workspace.is_outdated(two)
    workspace.path_of(two).write_text(RIGHT)
    assert not workspace.is_untouched(two)


def test_a_changed_kata_toml_is_noticed(workspace: Workspace) -> None:
    table = workspace.course.katas["two"].folder / "kata.toml"
    table.write_text(table.read_text().replace('title = "two"', 'title = "Two, renamed"'))
    assert "Two, renamed" in run(workspace, "next").output
    table.write_text("broken")
    assert run(workspace, "next").exit_code == 3


def poison(workspace: Workspace) -> None:
    """Let the cache say that the first kata gives 999 points."""
    cache = open_cache(workspace.root)
    file = workspace.course.katas["one"].folder / "kata.toml"
    wrong = KataFile(1, "one", "part/one.py", ["f"], 999, 5, 1, ["a", "b", "c"])
    cache._stored.clear()
    cache.get("KataFile", [file], KataFile, lambda: wrong)
    cache.save()


COMMANDS: dict[str, Callable[[Workspace], Result]] = {
    "grade": lambda w: run(w, "grade", ".", "--course", "tiny", "--json"),
    "verify": lambda w: run(w, "verify", "one", "--course", "tiny"),
    "export": lambda w: run(w, "export", "github", "out", "--course", "tiny"),
    "init": lambda w: run(w, "init", "."),
}


def test_a_learners_own_command_uses_the_cache(workspace: Workspace) -> None:
    poison(workspace)
    assert json.loads(run(workspace, "list", "--json").stdout)["katas"][0]["points"] == 999


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_of_instructors_never_use_the_cache(
    name: str, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = COMMANDS[name](workspace)
    poison(workspace)
    opened: list[Path] = []
    original = FileCache.get

    def get(self: FileCache, *arguments: Any) -> Any:
        if self.path is not None:
            opened.append(self.path)
        return original(self, *arguments)

    monkeypatch.setattr(FileCache, "get", get)
    found = COMMANDS[name](workspace)
    assert (found.exit_code, "999" in found.output) == (expected.exit_code, False), found.output
    assert opened == []
