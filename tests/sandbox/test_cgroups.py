"""Workers are in cgroups with hard limits where the system lets the grader make them."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nnkata.sandbox.child.cgroups import CONTROLLERS, MOUNT, PREFIX, Cgroups, _remove_stale
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
    assert own.join(100) == {}
    own.forget(1)
    own.close()
    assert Cgroups(str(tmp_path), str(tmp_path / "missing")).folders == {}
