"""Put the layers together, and try afterwards, by doing what is forbidden, whether they hold."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Callable

from . import credentials, landlock, namespaces, seccomp, syscalls
from .protocol import FORBIDDEN_ACTS

HIDDEN_BELOW_PYTHON = ("site-packages", "dist-packages")
SYSTEM_FILES = ("/dev/null", "/dev/urandom", "/etc/ld.so.cache")


class Confinement:
    """The layers of one server: what it entered itself, and what each worker applies."""

    def __init__(self, level: int, root: str, packages: list[str]) -> None:
        """Enter what the server enters: namespaces and identity. `level` is the most to apply."""
        self.level = level
        self.words: dict[str, str] = {}
        python = python_files()
        libraries = library_folders()
        if level >= 2:
            stdlib = [path for path in sys.path if os.path.isdir(path)]
            visible = [*outermost(stdlib), *packages, *libraries, *SYSTEM_FILES]
            covered = [os.path.join(p, name) for p in stdlib for name in HIDDEN_BELOW_PYTHON]
            self._try("namespaces", lambda: namespaces.enter(root, visible, covered))
        if level >= 1:
            hidden = "mount" in self.words.get("namespaces", "")
            self._try("identity", lambda: credentials.drop(sys.path[:2], hidden))
        self.readable = [*python, *packages, *libraries, *SYSTEM_FILES]
        self.ruleset = -1
        if level >= 1:
            self._try("files", self._prepare_files)

    def confine(self) -> dict[str, str]:
        """Apply to this worker what is left, for good; return what held."""
        words = dict(self.words)
        if self.ruleset >= 0:
            landlock.restrict(self.ruleset)
        if self.level >= 1:
            try:
                words["calls"] = seccomp.apply()
            except OSError as error:
                words["calls"] = f"none ({error})"
        return words

    def _prepare_files(self) -> str:
        self.ruleset = landlock.prepare(self.readable)
        return f"Landlock ABI {landlock.abi()}"

    def _try(self, layer: str, apply: Callable[[], str]) -> None:
        try:
            self.words[layer] = apply()
        except OSError as error:
            self.words[layer] = f"none ({error})"


def python_files() -> list[str]:
    """Return the standard library's files and folders, without what is installed below it."""
    found = []
    for folder in sys.path:
        if not os.path.isdir(folder):
            continue
        below = [name for name in os.listdir(folder) if name not in HIDDEN_BELOW_PYTHON]
        found += [os.path.join(folder, name) for name in sorted(below)]
    return found


def outermost(folders: list[str]) -> list[str]:
    """Return the folders that lie in none of the others."""
    return [f for f in folders if not any(f != o and f.startswith(o + "/") for o in folders)]


def library_folders() -> list[str]:
    """Return the folders of the system's shared libraries that hold nobody's Python packages."""
    folders = set()
    try:
        with open("/proc/self/maps") as maps:
            for line in maps:
                path = line.rstrip("\n").partition("/")[2]
                if ".so" in path and not path.endswith("(deleted)"):
                    folders.add("/" + os.path.dirname(path))
    except OSError:
        return []
    mine = tuple(sys.path)
    return sorted(
        folder
        for folder in folders
        if not folder.startswith(mine)
        and os.path.isdir(folder)
        and not any(name.startswith("python") for name in os.listdir(folder))
        and "packages" not in folder
    )


def tried(outside: str, folder: str) -> dict[str, str]:
    """Try every forbidden act in this process; return `refused`, or what happened.

    `outside` is a file that must not be read, `folder` one that must not be written to.
    """
    acts: tuple[Callable[[], object], ...] = (
        lambda: os.close(os.open(outside, os.O_RDONLY)),
        lambda: os.stat(outside),
        lambda: _write(folder),
        lambda: os.chmod(outside, 0o644),
        _connect,
        _fork,
        lambda: os.kill(os.getppid() or 1, 0),
        _limit,
        lambda: os.close(os.memfd_create("x")),
    )
    return {name: _tried(act) for name, act in zip(FORBIDDEN_ACTS, acts, strict=True)}


def _tried(act: Callable[[], object]) -> str:
    try:
        act()
    except OSError as error:
        if error.errno in (errno.ECONNREFUSED, errno.ETIMEDOUT):
            return "allowed"
        return "refused"
    except AttributeError:  # this system has no such call
        return "refused"
    return "allowed"


def _write(folder: str) -> None:
    name = os.path.join(folder, "tried")
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
    os.unlink(name)


def _connect() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp:
        tcp.settimeout(1)
        tcp.connect(("127.0.0.1", 9))


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
    os.wait()


def _limit() -> None:
    import resource

    resource.prlimit(os.getppid() or 1, resource.RLIMIT_NOFILE)


def describe_available_layers() -> dict[str, str]:
    """Say for each layer what this system offers, or what it would need."""
    if sys.platform != "linux":
        return {"all": f"the layers are Linux's; on {sys.platform} there are only limits"}
    return {
        "files": f"Landlock ABI {landlock.abi()}"
        if landlock.abi()
        else "needs Linux 5.13 with Landlock among the security modules (boot with lsm=landlock,…)",
        "calls": "seccomp"
        if syscalls.machine() in seccomp.TABLES
        else f"no filter of ours for {syscalls.machine()}",
    }
