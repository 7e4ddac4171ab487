"""Saves are noticed, each once, whatever the file system tells."""

from __future__ import annotations

import os
import queue
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import watchfiles

from nnkata.files import read_module
from nnkata.watch import file_watcher
from nnkata.watch.file_watcher import ModuleScanner, Watcher, find_polling_reason

PATIENCE = 30.0


def make_scanner(folder: Path) -> ModuleScanner:
    return ModuleScanner(folder, ["a.py", "b.py"], lambda module: read_module(folder, module))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "net"
    made.mkdir()
    for name in ("a.py", "b.py"):
        (made / name).write_text("x = 1\n")
    return made


def wait_for_change(scanner: ModuleScanner) -> list[str]:
    deadline = time.monotonic() + PATIENCE
    while not (saved := scanner.scan()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return saved


def test_nothing_is_reported_where_nothing_was_saved(folder: Path) -> None:
    scanner = make_scanner(folder)
    (folder / "other.py").write_text("not one of ours")
    assert scanner.scan() == []


def test_each_save_is_told_once_and_the_latest_comes_last(folder: Path) -> None:
    scanner = make_scanner(folder)
    now = time.time_ns()
    for name, at in (("b.py", now), ("a.py", now + 10**9)):
        (folder / name).write_text("x = 2\n")
        os.utime(folder / name, ns=(at, at))
    assert scanner.scan() == ["b.py", "a.py"]
    assert scanner.scan() == []


def test_a_save_within_one_tick_of_the_clock_is_told_by_the_text(folder: Path) -> None:
    path = folder / "a.py"
    scanner = make_scanner(folder)
    known = path.stat()
    path.write_text("x = 7\n")  # as long as before, the same file
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert scanner.scan() == ["a.py"]


def test_a_file_that_was_only_touched_is_told(folder: Path) -> None:
    scanner = make_scanner(folder)
    os.utime(folder / "a.py", (1, 1))
    assert scanner.scan() == ["a.py"]


def test_a_file_is_given_time_to_come_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    scanner = make_scanner(folder)
    path = folder / "a.py"
    path.rename(folder / "a.py~")
    assert scanner.scan() == []
    path.write_text("x = 2\n")
    assert scanner.scan() == ["a.py"]
    path.unlink()
    assert scanner.scan() == []
    now[0] += file_watcher.SETTLE_SECONDS
    assert scanner.scan() == ["a.py"]
    now[0] += 10
    assert scanner.scan() == []


def test_an_empty_file_is_one_that_is_being_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    scanner = make_scanner(folder)
    (folder / "a.py").write_text("")
    assert scanner.scan() == []
    now[0] += file_watcher.SETTLE_SECONDS
    assert scanner.scan() == ["a.py"]


def test_what_is_not_a_file_is_missing(folder: Path) -> None:
    scanner = make_scanner(folder)
    (folder / "a.py").unlink()
    os.mkfifo(folder / "a.py")
    assert wait_for_change(scanner) == ["a.py"]
    (folder / "a.py").unlink()
    (folder / "a.py").write_text("x = 1\n")
    assert scanner.scan() == ["a.py"]


class WatcherRun:
    """A watcher that runs, and a queue of what it reports."""

    def __init__(self, folder: Path, why: str = "") -> None:
        self.queue: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        self.watcher = Watcher(make_scanner(folder), self.queue.put, why)
        self.watcher.start()

    def next(self) -> list[str]:
        return self.queue.get(timeout=PATIENCE)


@pytest.fixture
def start_watcher() -> Iterator[Callable[..., WatcherRun]]:
    started: list[WatcherRun] = []

    def start(folder: Path, why: str = "") -> WatcherRun:
        started.append(WatcherRun(folder, why))
        return started[-1]

    yield start
    for each in started:
        each.watcher.close()
        assert not each.watcher.thread.is_alive()


@pytest.mark.parametrize("why", ["", "somebody wants it"])
def test_a_watcher_reports_saves(
    folder: Path, start_watcher: Callable[..., WatcherRun], why: str
) -> None:
    here = start_watcher(folder, why)
    for number in range(3):
        partial = folder / ".partial"
        partial.write_text(f"x = {number}{number}\n")
        partial.replace(folder / "b.py")
        assert here.next() == ["b.py"]


def test_a_folder_that_is_replaced_is_watched_again(
    folder: Path, start_watcher: Callable[..., WatcherRun]
) -> None:
    here = start_watcher(folder)
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    shutil.rmtree(folder)
    assert sorted(here.next()) == ["a.py", "b.py"]
    copy.rename(folder)
    assert sorted(here.next()) == ["a.py", "b.py"]
    (folder / "a.py").write_text("x = 3\n")
    assert here.next() == ["a.py"]


def test_after_a_long_silence_notifications_are_queried_less_often(
    folder: Path, start_watcher: Callable[..., WatcherRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: queue.SimpleQueue[int] = queue.SimpleQueue()
    real = watchfiles.watch

    def note(*paths: Path, step: int, **options: Any) -> Iterator[Any]:
        steps.put(step)
        return real(*paths, step=step, **options)

    monkeypatch.setattr(watchfiles, "watch", note)
    monkeypatch.setattr(file_watcher, "IDLE_SECONDS", 0.5)
    here = start_watcher(folder)
    assert steps.get(timeout=PATIENCE) == file_watcher.STEP_MS
    assert steps.get(timeout=PATIENCE) == file_watcher.IDLE_STEP_MS
    (folder / "a.py").write_text("x = 3\n")
    assert here.next() == ["a.py"]
    assert steps.get(timeout=PATIENCE) == file_watcher.STEP_MS


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device"),
        RuntimeError("OS file watch limit reached"),
    ],
)
def test_where_the_system_does_not_notify_files_are_polled_and_the_reason_is_known(
    folder: Path,
    start_watcher: Callable[..., WatcherRun],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    def refuse(*_: object, **__: object) -> Iterator[None]:
        raise error

    monkeypatch.setattr(watchfiles, "watch", refuse)
    here = start_watcher(folder)
    assert here.next() == []  # wakes the session, which shows the reason
    assert str(error) in here.watcher.polling_reason
    (folder / "a.py").write_text("x = 3\n")
    assert here.next() == ["a.py"]


MOUNTS = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:40 / /home rw - nfs4 server:/home rw
31 30 254:1 / /home/ada/disk rw - ext4 /dev/vdb rw
32 22 0:41 / /mnt/with\040blank rw - fuse.sshfs ada@host: rw
33 22 0:42 / /mnt/c rw - 9p C:\134 rw
34 22 0:43 / /proc rw - proc proc rw
broken
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/nn", ""),
        ("/home/ada/nn", "nfs4"),
        ("/home/ada/disk/nn", ""),
        ("/home2/nn", ""),
        ("/mnt/with blank/nn", "fuse.sshfs"),
        ("/mnt/c/nn", "9p"),
    ],
)
def test_the_kind_of_file_system_decides(tmp_path: Path, place: str, kind: str) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS)
    why = find_polling_reason(Path(place), table)
    assert bool(why) == bool(kind)
    assert kind in why


def test_without_a_table_of_mounts_announcements_are_trusted(tmp_path: Path) -> None:
    assert find_polling_reason(tmp_path, tmp_path / "none") == ""
