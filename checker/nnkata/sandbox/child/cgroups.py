"""A cgroup per worker: a hard limit on memory and processes where the system lets us make one.

The fork server opens the folder of its own cgroup before it gets a new file system, and makes one
folder in it for itself. Each worker makes a cgroup in there, and puts itself into it before it is
confined; the fork server removes it afterwards. Both versions of cgroups are used: version 2 where
its controllers are delegated to the grader (a container's root, or a systemd unit with Delegate=),
version 1 where root can write its hierarchies. Where neither is so, nothing is limited here, and
the other limits stay.
"""

from __future__ import annotations

import contextlib
import os
import secrets

MOUNT = "/sys/fs/cgroup"
PREFIX = "nnkata-"
CONTROLLERS = ("memory", "pids")
MARGIN_MB = 64
"""Memory beyond the limit of the kata: the grader looks at the memory first, and says so."""
PROCESSES = 256
"""Maximum number of threads and processes of one worker."""
_WAYS = {
    1: {"memory": "memory.limit_in_bytes", "pids": "pids.max"},
    2: {"memory": "memory.max", "pids": "pids.max"},
}
"""By version: the file of each controller that sets its limit."""


class Cgroups:
    """The cgroups of one fork server's workers."""

    def __init__(self, mount: str = MOUNT, listing: str = "/proc/self/cgroup") -> None:
        """Make a cgroup for all workers, per controller; where that fails, there is none."""
        self.folders: dict[str, int] = {}
        """By controller, or "all": a descriptor of the folder in which workers make theirs."""
        self.parents: dict[str, tuple[int, str]] = {}
        """By the same keys: a descriptor of the folder around it, and its name there."""
        self.version = 2 if os.path.exists(os.path.join(mount, "cgroup.controllers")) else 1
        with contextlib.suppress(OSError, ValueError):
            own = _own_cgroups(listing)
            if self.version == 2:
                self._open(("all",), os.path.join(mount, own[""].lstrip("/")))
            else:
                for name in CONTROLLERS:
                    if name in own:
                        self._open((name,), os.path.join(mount, name, own[name].lstrip("/")))

    def _open(self, names: tuple[str, ...], folder: str) -> None:
        """Make a folder for the workers inside a cgroup, and open it."""
        name = f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        try:
            parent = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError:
            return
        try:
            _remove_stale(parent)
            if self.version == 2:
                _write(parent, "cgroup.subtree_control", "+memory +pids")
            os.mkdir(name, 0o755, dir_fd=parent)
            inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=parent)
            if self.version == 2:
                _write(inner, "cgroup.subtree_control", "+memory +pids")
        except OSError:
            with contextlib.suppress(OSError):
                os.rmdir(name, dir_fd=parent)
            os.close(parent)
            return
        for key in names:
            self.folders[key] = inner
            self.parents[key] = (parent, name)

    def join(self, memory_mb: int) -> dict[str, str]:
        """Put this process into a cgroup of its own; return the limits that hold, in words.

        The descriptors are closed here: the learner's code inherits none of them.
        """
        limits: dict[str, str] = {}
        for key, folder in self.folders.items():
            own = str(os.getpid())
            try:
                os.mkdir(own, 0o755, dir_fd=folder)
                inner = os.open(own, os.O_RDONLY | os.O_DIRECTORY, dir_fd=folder)
                try:
                    words = self._limit(inner, CONTROLLERS if key == "all" else (key,), memory_mb)
                    _write(inner, "cgroup.procs", "0")
                    limits |= words  # only now do they hold for this process
                finally:
                    os.close(inner)
            except OSError:
                continue
        for descriptor in {*self.folders.values(), *(fd for fd, _ in self.parents.values())}:
            os.close(descriptor)
        self.folders, self.parents = {}, {}
        return limits

    def _limit(self, folder: int, names: tuple[str, ...], memory_mb: int) -> dict[str, str]:
        """Set the limits of a cgroup; return them in words."""
        values = {"memory": (memory_mb + MARGIN_MB) * 2**20, "pids": PROCESSES}
        words = {"memory": f"cgroup {memory_mb + MARGIN_MB} MiB", "pids": f"cgroup {PROCESSES}"}
        for name in names:
            _write(folder, _WAYS[self.version][name], str(values[name]))
        return {"threads" if name == "pids" else name: words[name] for name in names}

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


def _own_cgroups(listing: str) -> dict[str, str]:
    """Return the paths of this process's cgroups by controller; version 2 has the name ""."""
    own: dict[str, str] = {}
    with open(listing, encoding="ascii") as lines:
        for line in lines:
            _, names, path = line.rstrip("\n").split(":", 2)
            own |= dict.fromkeys(names.split(","), path)
    return own


def _write(folder: int, name: str, text: str) -> None:
    descriptor = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _remove_stale(parent: int) -> None:
    """Remove what a fork server that was killed left behind; one in use cannot be removed."""
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
