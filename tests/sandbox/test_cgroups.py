"""Workers are in cgroups with hard limits where the system lets the grader make them."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from nnkata.cli.commands import doctor as doctor_command
from nnkata.sandbox.child import cgroups as module
from nnkata.sandbox.child.cgroups import (
    CONTROLLERS,
    LEAF,
    MOUNT,
    PREFIX,
    Cgroups,
    _remove_stale,
)
from nnkata.sandbox.pool import WorkerPool

REFERENCE = "def f(x):\n    return 2 * x\n"
CHECKS = '''
def test_f(solution):
    """f doubles."""
    assert_equal(solution.f(3), 6)
'''
KATA = {"one": {"reference": REFERENCE, "checks": CHECKS, "exports": ["f"]}}


def made() -> list[Path]:
    """The folders of fork servers, in the cgroups of this process."""
    folders = [Path(MOUNT), *(Path(MOUNT, name) for name in CONTROLLERS)]
    return [path for folder in folders for path in folder.glob(f"{PREFIX}*")]


@contextlib.contextmanager
def cgroups() -> Iterator[Cgroups]:
    own = Cgroups()
    try:
        yield own
    finally:
        own.close()


def is_available() -> bool:
    """Whether this machine lets this user make cgroups, as the tests find out by themselves."""
    with cgroups() as own:
        return bool(own.folders)


def test_what_holds_is_said(lab: Any) -> None:
    verdict = lab.run(lab.course(KATA), "one", REFERENCE)
    words = verdict.limits["memory"]
    assert ("cgroup 464 MiB" in words) == is_available()
    assert "RLIMIT_AS" in words


def test_a_worker_has_a_cgroup_of_its_own_while_it_runs_and_leaves_none(lab: Any) -> None:
    with WorkerPool() as pool:
        assert lab.run(lab.course(KATA), "one", REFERENCE, pool=pool).passed
        servers = [path for path in made() if f"-{pool.server.pid}-" in path.name]
        assert bool(servers) == is_available()
        for server in servers:
            assert (server / "cgroup.procs").read_text() == ""
    give_up = time.monotonic() + 10
    while any(path.exists() for path in servers) and time.monotonic() < give_up:
        time.sleep(0.01)
    assert [path for path in servers if path.exists()] == []


def test_what_a_killed_server_left_is_removed(tmp_path: Path) -> None:
    dead = os.fork()
    if dead == 0:
        os._exit(0)
    os.waitpid(dead, 0)
    (tmp_path / f"{PREFIX}{dead}-0000" / "123").mkdir(parents=True)
    alive = tmp_path / f"{PREFIX}{os.getpid()}-0000"
    (alive / "123").mkdir(parents=True)
    other = tmp_path / "of-somebody-else"
    other.mkdir()
    parent = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _remove_stale(parent)
    finally:
        os.close(parent)
    assert sorted(tmp_path.iterdir()) == sorted([alive, other])


def test_a_process_in_a_cgroup_cannot_have_more_memory_than_it_allows() -> None:
    with cgroups() as own:
        limited = bool({"memory", "all"} & own.folders.keys())
        pid = os.fork()
        if pid == 0:
            said = "memory" in own.join(0)
            data = bytearray(200 * 2**20)
            os._exit(0 if len(data) and not said else 1)
        _, status = os.waitpid(pid, 0)
        own.forget(pid)
    assert os.waitstatus_to_exitcode(status) == (-signal.SIGKILL if limited else 0)


@pytest.mark.parametrize("version", [1, 2])
def test_where_none_can_be_made_nothing_is_said(tmp_path: Path, version: int) -> None:
    if version == 2:
        (tmp_path / "cgroup.controllers").write_text("memory pids\n")
    listing = tmp_path / "listing"
    listing.write_text("0::/here\n8:pids:/\n4:memory:/\n")
    own = Cgroups(str(tmp_path), str(listing))
    assert own.folders == {}
    assert own.why
    assert own.join(100) == {}
    own.forget(1)
    own.close()
    assert Cgroups(str(tmp_path), str(tmp_path / "missing")).folders == {}


DELEGATED = {
    "cgroup.controllers": "cpu memory pids",
    "cgroup.subtree_control": "",
    "cgroup.procs": "",
}
"""The files of a cgroup of version 2 that is given the controllers."""


@pytest.mark.parametrize(
    ("own", "files", "words"),
    [
        ("/here", {"cgroup.controllers": "cpu io"}, "is given no controller of memory, pids"),
        ("/../other", {}, "is outside of what is mounted here"),
        ("/missing", {}, "finds no cgroup of its own"),
        ("/here", DELEGATED, "no cgroup can be made in"),
    ],
)
def test_version_2_says_why_it_limits_nothing(
    tmp_path: Path, own: str, files: dict[str, str], words: str
) -> None:
    """A folder that only looks like a cgroup: the kernel makes no files in a new folder of it."""
    (tmp_path / "here").mkdir()
    (tmp_path / "cgroup.controllers").write_text("memory pids\n")
    for name, text in files.items():
        (tmp_path / "here" / name).write_text(text)
    listing = tmp_path / "listing"
    listing.write_text(f"0::{own}\n")
    made = Cgroups(str(tmp_path), str(listing))
    assert made.folders == {}
    assert words in made.why
    made.close()
    assert [path for path in tmp_path.glob("here/*") if path.is_dir()] == []


KERNEL_FILES = (
    "cgroup.procs",
    "cgroup.subtree_control",
    "memory.max",
    "memory.swap.max",
    "pids.max",
)
"""The files of a new cgroup of version 2, which the kernel makes."""


@pytest.fixture
def made_up_version_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A folder that stands for a cgroup with both controllers delegated, and its listing.

    A folder that is made in it gets the files that the kernel makes. What is written into them
    limits nothing: this shows what the grader would ask of the kernel, not that the kernel does it.
    """
    make = os.mkdir

    def make_cgroup(path: str, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        make(path, mode, dir_fd=dir_fd)
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY, dir_fd=dir_fd)
        for name in KERNEL_FILES:
            os.close(os.open(name, os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=folder))
        os.close(folder)

    (tmp_path / "here").mkdir()
    (tmp_path / "cgroup.controllers").write_text("memory pids\n")
    for name, text in DELEGATED.items():
        (tmp_path / "here" / name).write_text(text)
    listing = tmp_path / "listing"
    listing.write_text("0::/here\n")
    monkeypatch.setattr(os, "mkdir", make_cgroup)
    return tmp_path, listing


def test_version_2_asks_for_hard_limits_on_memory_swap_and_processes(
    made_up_version_2: tuple[Path, Path],
) -> None:
    mount, listing = made_up_version_2
    made = Cgroups(str(mount), str(listing))
    assert (list(made.folders), made.why, made.version) == (["all"], "", 2)
    assert (mount / "here" / "cgroup.subtree_control").read_text() == "+memory +pids"
    (workers,) = (mount / "here").glob("nnkata-*")
    assert (workers / "cgroup.subtree_control").read_text() == "+memory +pids"
    said = made.join(100)
    worker = workers / str(os.getpid())
    assert said == {"memory": "cgroup 164 MiB", "threads": "cgroup 256"}
    assert (worker / "memory.max").read_text() == str(164 * 2**20)
    assert (worker / "memory.swap.max").read_text() == "0"
    assert (worker / "pids.max").read_text() == "256"
    assert (worker / "cgroup.procs").read_text() == "0", "the process itself is put into it"
    assert not made.folders, "a worker keeps no descriptor of it"


def refuse_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse the first division of a cgroup, as the kernel does if it has processes (EBUSY)."""
    give = module._give
    refused: list[str] = []

    def give_or_refuse(folder: str, names: Iterable[str]) -> None:
        if not refused:
            refused.append(folder)
            raise OSError(errno.EBUSY, "Device or resource busy")
        give(folder, names)

    monkeypatch.setattr(module, "_give", give_or_refuse)


def test_version_2_moves_only_its_own_processes_in_a_made_up_tree(
    made_up_version_2: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    mount, listing = made_up_version_2
    refuse_once(monkeypatch)
    (mount / "here" / "cgroup.procs").write_text(f"{os.getpid()}\n")
    made = Cgroups(str(mount), str(listing))
    assert (list(made.folders), made.why) == (["all"], "")
    assert (mount / "here" / LEAF / "cgroup.procs").read_text() == str(os.getpid())
    assert (mount / "here" / "cgroup.subtree_control").read_text() == "+memory +pids"


def test_version_2_leaves_a_cgroup_with_other_processes_alone_in_a_made_up_tree(
    made_up_version_2: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    mount, listing = made_up_version_2
    refuse_once(monkeypatch)
    (mount / "here" / "cgroup.procs").write_text(f"{os.getpid()}\n1\n")
    made = Cgroups(str(mount), str(listing))
    assert made.folders == {}
    assert "1 processes that are not the grader's are in its cgroup" in made.why
    assert not (mount / "here" / LEAF).exists()


@pytest.fixture
def real_version_2(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path | None]:
    """A cgroup of version 2 of this machine with any controller at all, or None.

    Where version 1 has memory and pids, as in many containers, hugetlb is often left over: the
    kernel treats it in the same way, and its limit is a number of bytes too.
    """
    ways = {"memory": "memory.max", "hugetlb": "hugetlb.2MB.max"}
    folder, taken = None, ""
    for mount in (Path(MOUNT), Path(MOUNT, "unified")):
        with contextlib.suppress(OSError):
            present = (mount / "cgroup.controllers").read_text().split()
            given = (mount / "cgroup.subtree_control").read_text().split()
            name = next((name for name in ways if name in present), None)
            if name is None:
                continue
            if name not in given:
                (mount / "cgroup.subtree_control").write_text(f"+{name}")
                taken = f"-{name}"
            folder = mount / f"test-{os.getpid()}"
            folder.mkdir()
            monkeypatch.setattr(module, "CONTROLLERS", (name,))
            monkeypatch.setitem(module._LIMIT_FILES, 2, {name: ways[name]})
            break
    yield folder
    if folder is not None:
        folder.rmdir()
        if taken:
            (folder.parent / "cgroup.subtree_control").write_text(taken)


def in_a_cgroup(folder: Path, act: Callable[[], str]) -> str:
    """Return what a grader's fork server says that lives in a cgroup with its grader alone."""
    reader, writer = os.pipe()
    grader = os.fork()
    if grader == 0:
        (folder / "cgroup.procs").write_text(str(os.getpid()))
        server = os.fork()
        if server == 0:
            try:
                os.write(writer, act().encode())
            except BaseException as error:
                os.write(writer, repr(error).encode())
            os._exit(0)
        os.waitpid(server, 0)
        os._exit(0)
    os.close(writer)
    os.waitpid(grader, 0)
    with os.fdopen(reader, "rb") as file:
        return file.read().decode()


def own_cgroup() -> str:
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    return next(line.removeprefix("0::") for line in lines if line.startswith("0::"))


def test_version_2_moves_the_grader_into_a_leaf_and_back(real_version_2: Path | None) -> None:
    """With the kernel itself: a cgroup with processes in it refuses to be divided (EBUSY)."""
    if real_version_2 is None:
        with cgroups() as own:
            assert own.version == 1 or own.folders or own.why
        return
    folder = real_version_2

    def act() -> str:
        own = Cgroups(str(folder.parent))
        second = Cgroups(str(folder.parent))
        said = [own.why, second.why, own_cgroup()]
        worker = os.fork()
        if worker == 0:
            said = [*own.join(100).values(), own_cgroup()]
            os._exit(0 if said[0].startswith("cgroup 164") and "/nnkata-" in said[1] else 1)
        said.append(str(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])))
        own.forget(worker)
        second.close()
        own.close()
        return "|".join([*said, own_cgroup(), *(p.name for p in folder.iterdir() if p.is_dir())])

    name = f"/{folder.name}"
    assert in_a_cgroup(folder, act).split("|") == ["", "", f"{name}/{LEAF}", "0", name]


def test_version_2_moves_nobody_else(real_version_2: Path | None) -> None:
    if real_version_2 is None:
        return
    folder = real_version_2
    reader, writer = os.pipe()
    stranger = os.fork()
    if stranger == 0:
        os.close(writer)
        os.read(reader, 1)
        os._exit(0)
    (folder / "cgroup.procs").write_text(str(stranger))
    try:

        def act() -> str:
            own = Cgroups(str(folder.parent))
            return f"{len(own.folders)}|{own.why}|{own_cgroup()}"

        count, why, place = in_a_cgroup(folder, act).split("|")
    finally:
        os.close(writer)
        os.waitpid(stranger, 0)
        os.close(reader)
    assert (count, place) == ("0", f"/{folder.name}")
    assert "1 processes that are not the grader's" in why
    assert "Delegate=yes" in why


def test_doctor_says_why_there_is_no_hard_limit(tmp_path: Path) -> None:
    done = CliRunner().invoke(doctor_command.command)
    with cgroups() as own:
        limited = bool({"memory", "all"} & own.folders.keys())
        words = " ".join(done.output.split())
        assert ("memory is only watched, because" in words) != limited
        assert limited or own.why.split()[0] in words
