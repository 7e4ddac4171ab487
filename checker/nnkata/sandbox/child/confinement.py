"""Apply the layers of protection, and test them: a worker tries each forbidden act."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from . import credentials, landlock, namespaces, rlimits, seccomp, syscalls
from .given_files import remove_files, write_files
from .protocol import FORBIDDEN_ACTS, has_new_root

HIDDEN_BELOW_PYTHON = ("site-packages", "dist-packages")
SYSTEM_FILES = ("/dev/null", "/dev/urandom", "/etc/ld.so.cache")
WORLD_READABLE = ("/etc/passwd", "/etc/group", "/etc/hostname", "/etc/os-release")
"""Files that every user of a usual system can read, but no worker may read."""
WORLD_WRITABLE = ("/tmp", "/var/tmp", "/dev/shm", "/run/lock")
"""Folders that every user of a usual system can write to, but no worker may."""
USUALLY_VISIBLE = ("/home", "/etc/passwd", "/proc", "/tmp")
"""Paths that every user of a usual system can see, but a worker of level 2 may not."""


class Confinement:
    """The layers of one fork server: it applies some to itself; each worker applies the others."""

    def __init__(self, level: int, root: str, packages: list[str]) -> None:
        """Enter the namespaces, and prepare the rules that each worker applies in `confine`.

        At level 0 nothing is applied; at level 1 a user without rights, rules for files (Landlock)
        and a filter of system calls; at level 2 namespaces too, with a new file system in the empty
        folder `root`. `packages` are folders of packages that workers may read.
        """
        self.level = level
        self.identity: credentials.Identity | None = None
        self.samples = find_samples(packages)
        """Some files that a worker must be able to read."""
        self.layers: dict[str, str] = {}
        """A description of each applied layer; `none (why)` if it could not be applied."""
        python = python_files()
        libraries = library_folders()
        if level >= 2:
            stdlib = [path for path in sys.path if os.path.isdir(path)]
            visible = [*outermost(stdlib), *packages, *libraries, *SYSTEM_FILES]
            covered = [os.path.join(p, name) for p in stdlib for name in HIDDEN_BELOW_PYTHON]
            self._apply_layer("namespaces", lambda: namespaces.enter(root, visible, covered))
        self.in_new_root = has_new_root(self.layers.get("namespaces", ""))
        self.given = namespaces.GIVEN if self.in_new_root else os.path.join(root, "given")
        """The folder with a folder per worker that contains the data files of its course."""
        if not self.in_new_root:
            os.chmod(root, 0o711)  # a worker may be another user
            os.makedirs(self.given, 0o755, exist_ok=True)
        if level >= 1:
            required = [*python, *packages, *libraries, *self.samples, self.given]
            self.identity = credentials.Identity(required, self.in_new_root)
        self.readable = [*python, *packages, *libraries, *SYSTEM_FILES, self.given]
        self.ruleset = -1
        if level >= 1:
            self._apply_layer("files", self._prepare_files)

    def confine(self, parent: int | None = None) -> dict[str, str]:
        """Apply the remaining layers to this worker, permanently; return descriptions of all.

        `parent` is the pid of the fork server, without which the worker ends.
        """
        layers = dict(self.layers)
        if self.identity is not None:
            try:
                layers["identity"] = self.identity.drop()
            except OSError as error:
                layers["identity"] = f"none ({error})"
            rlimits.die_with_parent(parent)  # Linux forgets it with the change of user
        if self.ruleset >= 0:
            landlock.restrict(self.ruleset)
        if self.level >= 1:
            try:
                layers["calls"] = seccomp.apply()
            except OSError as error:
                layers["calls"] = f"none ({error})"
        return layers

    def show_given(self, files: Mapping[str, bytes]) -> str:
        """Write the data files of a course for this worker, before it is confined.

        Return the folder that their paths start from. The worker cannot change them.
        """
        if self.in_new_root:
            namespaces.open_given_folder()
            write_files(namespaces.GIVEN_FILES, files)
            namespaces.close_given_folder()
            return namespaces.GIVEN_FILES
        folder = os.path.join(self.given, str(os.getpid()))
        os.mkdir(folder, 0o755)
        write_files(folder, files)
        return folder

    def forget_given(self, pid: int) -> None:
        """Remove the data files of a worker that has ended."""
        if not self.in_new_root:  # else they vanished with the worker's own file system
            remove_files(os.path.join(self.given, str(pid)))

    def find_unreadable(self, *more: str) -> dict[str, str]:
        """Return the sample files and files of `more` that this process cannot read, and why."""
        unreadable = {}
        for path in (*self.samples, *more):
            try:
                _read(path)
            except OSError as error:
                unreadable[path] = str(error.strerror)
        return unreadable

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
    """Return the folders of shared libraries that are loaded, without those of Python packages."""
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


class Probes:
    """The targets that a temporary worker tries to reach, and must not reach.

    Files, folders and processes are found before any layer is applied, so that a refusal comes from
    the sandbox, and not from a missing target. A call that the system lacks counts as refused.
    """

    def __init__(self, outside: str, folder: str, allowed: Iterable[str]) -> None:
        """Find the targets. `outside` is a file that no worker may read, `folder` a private folder.

        `allowed` are the files and folders that workers may read.
        """
        allowed = list(allowed)
        self.grader_pid = os.getppid()
        self.outside = outside
        self.files = [outside, *(path for path in WORLD_READABLE if os.access(path, os.R_OK))]
        self.folders = [folder, *(path for path in WORLD_WRITABLE if os.access(path, os.W_OK))]
        self.folders += ["/", *(os.path.join(p, n) for p in sys.path for n in HIDDEN_BELOW_PYTHON)]
        self.paths = [
            path
            for path in (outside, folder, *USUALLY_VISIBLE)
            if os.path.exists(path) and not any(shown.startswith(path + "/") for shown in allowed)
        ]
        self.processes = [
            path
            for name in ("status", "cmdline", "environ", "maps")
            if os.access(path := f"/proc/{self.grader_pid}/{name}", os.R_OK)
        ]

    def try_forbidden_acts(self, given: str) -> dict[str, str]:
        """Try every forbidden act in this process; return `refused` or `allowed` for each.

        `given` is the folder of the data files that this process may read, but not change.
        """
        acts: tuple[list[Callable[[], object]], ...] = (
            [partial(_read, path) for path in self.files],
            [partial(os.stat, path) for path in self.paths],
            [partial(_write, path) for path in (*self.folders, given)],
            [lambda: os.chmod(self.outside, 0o644)],
            [_connect, _send],
            [partial(_read, path) for path in self.processes],
            [_fork],
            [lambda: os.kill(os.getppid() or 1, 0), lambda: os.kill(self.grader_pid, 0)],
            [_read_parent_limit],
            [lambda: os.close(os.memfd_create("x"))],
        )
        return {
            name: "refused" if all(map(_is_refused, ways)) else "allowed"
            for name, ways in zip(FORBIDDEN_ACTS, acts, strict=True)
        }


def find_samples(packages: Iterable[str]) -> list[str]:
    """Return files that a worker must be able to read: of Python, and of each part of a package.

    A part of a package that cannot be read would cost an honest learner who imports it all points.
    Of Python, one package stands for all: a system may replace others with links to where no worker
    needs to go.
    """
    packages, samples = list(packages), []
    for folder in [*packages, *filter(os.path.isdir, sys.path)]:
        below = sorted(os.listdir(folder))
        files = [os.path.join(folder, n) for n in below if n.endswith((".py", ".so"))]
        inside = (os.path.join(folder, name, "__init__.py") for name in below if "-" not in name)
        parts = [path for path in inside if os.path.isfile(path)]
        samples += [*files[-1:], *(parts if folder in packages else parts[:1])]
    return samples


def _is_refused(act: Callable[[], object]) -> bool:
    """Return whether the system refuses an act; two errors show that the network was reached."""
    try:
        act()
    except OSError as error:
        return error.errno not in (errno.ECONNREFUSED, errno.ETIMEDOUT)
    except AttributeError:  # this system has no such call
        return True
    return False


def _read(path: str) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.read(number, 1)
    finally:
        os.close(number)


def _write(folder: str) -> None:
    name = os.path.join(folder, f"nnkata-forbidden-{os.getpid()}")
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0o600))
    with contextlib.suppress(OSError):
        os.unlink(name)


def _connect() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp:
        tcp.settimeout(1)
        tcp.connect(("127.0.0.1", 9))


def _send() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.sendto(b"x", ("127.0.0.1", 9))


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
    os.wait()


def _read_parent_limit() -> None:
    import resource

    resource.prlimit(os.getppid() or 1, resource.RLIMIT_NOFILE)


def describe_available_layers() -> dict[str, str]:
    """Return what this system offers for the layers `files` and `calls`, or what is missing."""
    if sys.platform != "linux":
        return {"all": f"the layers need Linux; on {sys.platform} only time and memory are limited"}
    return {
        "files": f"Landlock ABI {landlock.abi()}"
        if landlock.abi()
        else "needs Linux 5.13 with Landlock among the security modules (boot with lsm=landlock,…)",
        "calls": "seccomp"
        if syscalls.machine() in seccomp.TABLES
        else f"there is no seccomp filter for {syscalls.machine()}",
    }
