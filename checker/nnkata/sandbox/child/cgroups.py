"""A cgroup per worker: a hard limit on memory and processes, if the system allows cgroups.

The fork server opens the folder of its own cgroup before it gets a new file system, and makes one
folder in it for itself. Each worker makes a cgroup there, and puts itself into it before it is
confined; the fork server removes it afterwards. Both versions of cgroups are used: version 2 if its
controllers are delegated to the grader (a container's root, or a systemd unit with Delegate=),
version 1 if root can write its hierarchies. If neither is possible, this module limits nothing, the
other limits still apply, and `why` says what is missing.

In version 2, a cgroup that contains processes cannot give its controllers to the cgroups in it
(EBUSY). So the grader and this process first move into a leaf next to the workers. That is done
only if every process of the cgroup belongs to the grader: processes of others are never moved.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable

MOUNT = "/sys/fs/cgroup"
LEAF = "nnkata-grader"
"""The cgroup of the grader itself, in version 2."""
OWN_CGROUP = "start the grader in a cgroup of its own: systemd-run --user --scope -p Delegate=yes …"
PREFIX = "nnkata-"
CONTROLLERS = ("memory", "pids")
MARGIN_MB = 64
"""Memory beyond the limit of the kata, so that the grader can notice and report an excess first."""
PROCESSES = 256
"""The maximum number of threads and processes of one worker."""
_LIMIT_FILES = {
    1: {"memory": "memory.limit_in_bytes", "pids": "pids.max"},
    2: {"memory": "memory.max", "pids": "pids.max"},
}
"""For each version, the file of each controller that sets its limit."""


class Cgroups:
    """The cgroups of one fork server's workers."""

    def __init__(self, mount: str = MOUNT, listing: str = "/proc/self/cgroup") -> None:
        """Make a cgroup for all workers, per controller, if possible."""
        self.folders: dict[str, int] = {}
        """For each controller, or "all": a descriptor of the folder for the workers' cgroups."""
        self.parents: dict[str, tuple[int, str]] = {}
        """For the same keys: a descriptor of the folder around it, and its name there."""
        self.controllers: dict[str, tuple[str, ...]] = {}
        """For the same keys: the controllers that set limits there."""
        self.leaf = ""
        """The path of the leaf that this process made and moved the grader into."""
        self.why = ""
        """The reason why a worker has no hard limit on memory; "" if it has one."""
        self.version = 2 if os.path.exists(os.path.join(mount, "cgroup.controllers")) else 1
        try:
            own = _own_cgroups(listing)
            if self.version == 2:
                self._open_delegated(mount, own[""])
            else:
                for name in CONTROLLERS:
                    if name in own:
                        folder = os.path.join(mount, name, own[name].lstrip("/"))
                        self._open(name, (name,), folder)
        except (OSError, ValueError, KeyError) as error:
            self.why = self.why or f"this process finds no cgroup of its own: {error!r}"
        if not self.folders and not self.why:
            self.why = "there is no cgroup here that the grader may divide"

    def _open_delegated(self, mount: str, own: str) -> None:
        """Make a cgroup of version 2 for the workers, in the one that is given to the grader."""
        if ".." in own.split("/"):
            self.why = f"the cgroup of the grader, {own}, is outside of what is mounted here"
            return
        folder = os.path.join(mount, own.strip("/"))
        if os.path.basename(folder) == LEAF:  # another fork server of this grader was first
            folder = os.path.dirname(folder)
        given = _read(folder, "cgroup.controllers")
        names = tuple(name for name in CONTROLLERS if name in given)
        if not names:
            self.why = f"the cgroup {own} is given no controller of {', '.join(CONTROLLERS)}"
            return
        try:
            self._enable(folder, names)
            self._open("all", names, folder)
        except OSError as error:
            self._leave_leaf(folder)
            self.why = self.why or f"the cgroup {own} cannot be divided: {error.strerror}"

    def _enable(self, folder: str, names: tuple[str, ...]) -> None:
        """Give the controllers to the cgroups in a folder; move the grader out of it if needed."""
        missing = [name for name in names if name not in _read(folder, "cgroup.subtree_control")]
        if not missing:
            return
        try:
            _give(folder, missing)
        except OSError as error:
            if error.errno != errno.EBUSY:
                raise
            present = set(map(int, _read(folder, "cgroup.procs")))
            if others := present - _find_own_processes():
                self.why = (
                    f"{len(others)} processes that are not the grader's are in its cgroup; "
                    f"{OWN_CGROUP}"
                )
                raise
            self.leaf = os.path.join(folder, LEAF)
            with contextlib.suppress(FileExistsError):
                os.mkdir(self.leaf, 0o755)
            for pid in present:
                with contextlib.suppress(ProcessLookupError):
                    _write_to(self.leaf, "cgroup.procs", str(pid))
            _give(folder, missing)

    def _leave_leaf(self, folder: str) -> None:
        """Move the grader back to its cgroup, unless another fork server uses the leaf."""
        if not self.leaf:
            return
        with contextlib.suppress(OSError):
            given = _read(folder, "cgroup.subtree_control")
            taken = " ".join(f"-{name}" for name in given if name in CONTROLLERS)
            if taken:
                _write_to(folder, "cgroup.subtree_control", taken)
            for pid in _read(self.leaf, "cgroup.procs"):
                with contextlib.suppress(ProcessLookupError):
                    _write_to(folder, "cgroup.procs", pid)
            os.rmdir(self.leaf)
        self.leaf = ""

    def _open(self, key: str, controllers: tuple[str, ...], folder: str) -> None:
        """Make a folder for the workers inside a cgroup, and open it."""
        name = f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        try:
            parent = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            return
        try:
            _remove_stale(parent)
            os.mkdir(name, 0o755, dir_fd=parent)
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=parent)
            if self.version == 2:
                _write(inner, "cgroup.subtree_control", _join_added(controllers))
        except OSError as error:
            with contextlib.suppress(OSError):
                os.rmdir(name, dir_fd=parent)
            os.close(parent)
            self.why = f"no cgroup can be made in {folder}: {error.strerror}"
            if self.version == 2:
                raise
            return
        self.folders[key] = inner
        self.parents[key] = (parent, name)
        self.controllers[key] = controllers

    def join(self, memory_mb: int) -> dict[str, str]:
        """Put this process into a cgroup of its own; return its limits, as texts.

        The descriptors are closed here: the learner's code inherits none of them.
        """
        limits: dict[str, str] = {}
        for key, folder in self.folders.items():
            own = str(os.getpid())
            try:
                os.mkdir(own, 0o755, dir_fd=folder)
                inner = os.open(own, os.O_RDONLY | os.O_DIRECTORY, dir_fd=folder)
                try:
                    words = self._limit(inner, self.controllers[key], memory_mb)
                    _write(inner, "cgroup.procs", "0")
                    limits |= words  # they apply to this process from now on
                finally:
                    os.close(inner)
            except OSError as error:
                self.why = f"a worker cannot be put into its cgroup: {error.strerror}"
        for descriptor in {*self.folders.values(), *(fd for fd, _ in self.parents.values())}:
            os.close(descriptor)
        self.folders, self.parents = {}, {}
        return limits

    def _limit(self, folder: int, names: tuple[str, ...], memory_mb: int) -> dict[str, str]:
        """Set the limits of a cgroup; return them as texts."""
        limits = {}
        for name in names:
            if name == "pids":
                value, words = PROCESSES, f"cgroup {PROCESSES}"
            else:
                value = (memory_mb + MARGIN_MB) * 2**20
                words = f"cgroup {memory_mb + MARGIN_MB} MiB"
            _write(folder, _LIMIT_FILES[self.version][name], str(value))
            limits["threads" if name == "pids" else name] = words
        if self.version == 2 and "memory" in names:
            with contextlib.suppress(OSError):  # there is no such file without swap
                _write(folder, "memory.swap.max", "0")
        return limits

    def forget(self, pid: int) -> None:
        """Remove the cgroup of a worker that has ended."""
        for folder in self.folders.values():
            with contextlib.suppress(OSError):
                os.rmdir(str(pid), dir_fd=folder)

    def close(self) -> None:
        """Remove the cgroup of all workers."""
        for key, (parent, name) in self.parents.items():
            with contextlib.suppress(OSError):
                os.rmdir(name, dir_fd=parent)
            os.close(parent)
            os.close(self.folders[key])
        self.folders, self.parents = {}, {}
        self._leave_leaf(os.path.dirname(self.leaf))


def _find_own_processes() -> set[int]:
    """Return the pids of the grader, which started this process, and of all its descendants."""
    own: set[int] = set()
    waiting = [os.getppid(), os.getpid()]
    while waiting:
        pid = waiting.pop()
        if pid in own:
            continue
        own.add(pid)
        with contextlib.suppress(OSError):
            for thread in os.listdir(f"/proc/{pid}/task"):
                waiting += map(int, _read(f"/proc/{pid}/task/{thread}", "children"))
    return own


def _own_cgroups(listing: str) -> dict[str, str]:
    """Return the paths of this process's cgroups by controller; version 2 has the name ""."""
    own: dict[str, str] = {}
    with open(listing, encoding="ascii") as lines:
        for line in lines:
            _, names, path = line.rstrip("\n").split(":", 2)
            own |= dict.fromkeys(names.split(","), path)
    return own


def _read(folder: str, name: str) -> list[str]:
    """Return the words of a file."""
    with open(os.path.join(folder, name), encoding="ascii") as file:
        return file.read().split()


def _join_added(names: Iterable[str]) -> str:
    return " ".join(f"+{name}" for name in names)


def _give(folder: str, names: Iterable[str]) -> None:
    _write_to(folder, "cgroup.subtree_control", _join_added(names))


def _write_to(folder: str, name: str, text: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _write(descriptor, name, text)
    finally:
        os.close(descriptor)


def _write(folder: int, name: str, text: str) -> None:
    descriptor = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _remove_stale(parent: int) -> None:
    """Remove cgroups that a killed fork server left behind; those in use cannot be removed."""
    for name in os.listdir(parent):
        pid = name.removeprefix(PREFIX).partition("-")[0]
        if name.startswith(PREFIX) and pid.isdigit() and not os.path.exists(f"/proc/{pid}"):
            with contextlib.suppress(OSError):
                folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY, dir_fd=parent)
                try:
                    for worker in os.listdir(folder):
                        if worker.isdigit():
                            os.rmdir(worker, dir_fd=folder)
                finally:
                    os.close(folder)
                os.rmdir(name, dir_fd=parent)
