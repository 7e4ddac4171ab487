"""Apply the layers of protection, and test them: a worker tries each forbidden act."""

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
    """The layers of one fork server: some it applies to itself, some each worker applies."""

    def __init__(self, level: int, root: str, packages: list[str]) -> None:
        """Apply the server's own layers, up to the protection level `level`.

        They are namespaces, with a new file system in the empty folder `root`, and the identity.
        `packages` are folders of packages that workers may read.
        """
        self.level = level
        self.layers: dict[str, str] = {}
        """What each layer of the server applied, in words; `none (why)` where it could not."""
        python = python_files()
        libraries = library_folders()
        if level >= 2:
            stdlib = [path for path in sys.path if os.path.isdir(path)]
            visible = [*outermost(stdlib), *packages, *libraries, *SYSTEM_FILES]
            covered = [os.path.join(p, name) for p in stdlib for name in HIDDEN_BELOW_PYTHON]
            self._apply_layer("namespaces", lambda: namespaces.enter(root, visible, covered))
        if level >= 1:
            in_new_root = "mount" in self.layers.get("namespaces", "")
            self._apply_layer("identity", lambda: credentials.drop(sys.path[:2], in_new_root))
        self.readable = [*python, *packages, *libraries, *SYSTEM_FILES]
        self.ruleset = -1
        if level >= 1:
            self._apply_layer("files", self._prepare_files)

    def confine(self) -> dict[str, str]:
        """Apply the remaining layers to this worker, permanently; return all layers in words."""
        layers = dict(self.layers)
        if self.ruleset >= 0:
            landlock.restrict(self.ruleset)
        if self.level >= 1:
            try:
                layers["calls"] = seccomp.apply()
            except OSError as error:
                layers["calls"] = f"none ({error})"
        return layers

    def _prepare_files(self) -> str:
        self.ruleset = landlock.prepare(self.readable)
        return f"Landlock ABI {landlock.abi()}"

    def _apply_layer(self, layer: str, apply: Callable[[], str]) -> None:
        try:
            self.layers[layer] = apply()
        except OSError as error:
            self.layers[layer] = f"none ({error})"


def python_files() -> list[str]:
    """Return the standard library's files and folders, without installed packages."""
    paths = []
    for folder in sys.path:
        if not os.path.isdir(folder):
            continue
        below = [name for name in os.listdir(folder) if name not in HIDDEN_BELOW_PYTHON]
        paths += [os.path.join(folder, name) for name in sorted(below)]
    return paths


def outermost(folders: list[str]) -> list[str]:
    """Return the folders that are not inside another one of them."""
    return [f for f in folders if not any(f != o and f.startswith(o + "/") for o in folders)]


def library_folders() -> list[str]:
    """Return the folders of the system's shared libraries, without those of Python packages."""
    folders = set()
    try:
        with open("/proc/self/maps") as maps:
            for line in maps:
                path = line.rstrip("\n").partition("/")[2]
                if ".so" in path and not path.endswith("(deleted)"):
                    folders.add("/" + os.path.dirname(path))
    except OSError:
        return []
    python_folders = tuple(sys.path)
    return sorted(
        folder
        for folder in folders
        if not folder.startswith(python_folders)
        and os.path.isdir(folder)
        and not any(name.startswith("python") for name in os.listdir(folder))
        and "packages" not in folder
    )


def try_forbidden_acts(outside: str, folder: str) -> dict[str, str]:
    """Try every forbidden act in this process; return `refused` or `allowed` for each.

    `outside` is a file that must not be read, `folder` a folder that must not be written to.
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
    return {name: _try_act(act) for name, act in zip(FORBIDDEN_ACTS, acts, strict=True)}


def _try_act(act: Callable[[], object]) -> str:
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
    name = os.path.join(folder, "forbidden")
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
    """Return for each layer what this system offers, or what is missing."""
    if sys.platform != "linux":
        return {"all": f"the layers need Linux; on {sys.platform} there are only limits"}
    return {
        "files": f"Landlock ABI {landlock.abi()}"
        if landlock.abi()
        else "needs Linux 5.13 with Landlock among the security modules (boot with lsm=landlock,…)",
        "calls": "seccomp"
        if syscalls.machine() in seccomp.TABLES
        else f"there is no seccomp filter for {syscalls.machine()}",
    }
