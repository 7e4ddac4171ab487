"""The bare process that numpy is loaded in once, and that every worker is forked from.

It is run as a script, in an empty environment, before the grader has read a hidden check:
a forked child owns a copy of all its memory. It never runs a learner's code itself.

    python -P -s -S -B fork_server_main.py CONTROL_FD FOLDER NUMPY_HOME MSGSPEC_HOME LEVEL OUTSIDE

Commands on the control socket: `F` with two descriptors (wire, output) forks a worker and
answers with its pid; `E` with a pid ends that worker and answers with its status; `W` does the
same for one that has closed its wire, and lets it die of itself first.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import importlib.util
import os
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

COMMAND = struct.Struct(">ci")
ANSWER = struct.Struct(">ii")
PACKAGE = "nnkata_sandbox"
GRACE = 2.0
"""Seconds that a process may take to die of itself after its wire is closed."""
STILL_ALIVE = 256
"""No exit status: the process had closed its wire, and lived on."""
GENERATIONS = 1000
"""Most rounds of killing what a worker left behind; each kills the children of the last."""
WARM = "numpy.random numpy.typing collections.abc contextlib dataclasses functools".split()
"""What many modules of the network import; read once here, it costs no worker anything."""


class PackageFinder:
    """Finds the few packages that the worker needs, without site-packages on the path."""

    def __init__(self, homes: dict[str, str]) -> None:
        """Take the folder that each package stands in."""
        self.homes = homes

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find `name` if it is one of the packages."""
        if path is None and name in self.homes:
            return PathFinder.find_spec(name, [self.homes[name]], target)
        return None


def main(
    control_fd: int, folder: str, numpy_home: str, msgspec_home: str, level: int, outside: str
) -> None:
    """Warm numpy, enter the protections, then fork workers until the grader goes away."""
    gc.disable()
    os.setsid()  # the terminal's Ctrl-C is for the grader
    os.chdir(folder)
    loaded = prepared(numpy_home, msgspec_home, "confinement")
    rlimits, confinement, protocol, worker = (
        loaded[name] for name in ("rlimits", "confinement", "protocol", "worker")
    )
    packages = [
        os.path.join(numpy_home, "numpy"),
        os.path.join(numpy_home, "numpy.libs"),
        os.path.join(msgspec_home, "msgspec"),
    ]
    enclosure = confinement.Confinement(level, folder, [p for p in packages if os.path.isdir(p)])
    rlimits.die_with_parent()
    rlimits.adopt_orphans()
    words = try_out(enclosure, confinement, outside, folder)
    gc.freeze()
    gc.enable()
    control = socket.socket(fileno=control_fd)
    with contextlib.suppress(OSError):  # the grader may be gone at any time
        control.sendall(ANSWER.pack(os.getpid(), 0) + protocol.dumps(words))
        serve(control, worker, enclosure)


def prepared(numpy_home: str, msgspec_home: str, *more: str) -> dict[str, ModuleType]:
    """Import numpy and what a worker needs, by name; nothing else can be imported from there."""
    homes = PackageFinder({"numpy": numpy_home, "msgspec": msgspec_home})
    sys.meta_path.insert(0, homes)
    folder = os.path.dirname(os.path.abspath(__file__))
    spec = importlib.util.spec_from_file_location(
        PACKAGE, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    assert spec is not None
    sys.modules[PACKAGE] = importlib.util.module_from_spec(spec)
    for name in WARM:
        importlib.import_module(name)
    loaded = {
        name: importlib.import_module(f"{PACKAGE}.{name}")
        for name in ("rlimits", "protocol", "worker", *more)
    }
    sys.meta_path.remove(homes)
    return loaded


def try_out(
    enclosure: Any, confinement: ModuleType, outside: str, folder: str
) -> dict[str, dict[str, str]]:
    """Do what is forbidden in a throw-away worker; return its layers and what each act came to."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            layers = enclosure.confine()
            tried = confinement.tried(outside, folder)
            os.write(writer, repr({"layers": layers, "tried": tried}).encode())
        finally:
            os._exit(0)
    os.close(writer)
    told = b""
    while part := os.read(reader, 2**16):
        told += part
    os.close(reader)
    os.waitpid(pid, 0)
    return dict(ast.literal_eval(told.decode())) if told else {"layers": {}, "tried": {}}


def serve(control: socket.socket, worker: ModuleType, enclosure: Any) -> None:
    """Answer the grader's commands; return when it closes the socket."""
    alive: set[int] = set()
    with contextlib.suppress(OSError):
        while True:
            data, fds, _, _ = socket.recv_fds(control, COMMAND.size, 2)
            if len(data) < COMMAND.size:
                break
            command, pid = COMMAND.unpack(data)
            if command == b"F":
                pid = fork(control, fds, worker, enclosure)
                alive.add(pid)
                control.sendall(ANSWER.pack(pid, 0))
            else:
                control.sendall(ANSWER.pack(pid, end(pid, alive, with_grace=command == b"W")))
    for pid in list(alive):
        end(pid, alive)


def fork(control: socket.socket, fds: list[int], worker: ModuleType, enclosure: Any) -> int:
    """Fork a worker on the two descriptors; return its pid."""
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            wire, output = fds
            null = os.open(os.devnull, os.O_RDONLY)
            os.setsid()
            for number, target in ((null, 0), (output, 1), (output, 2)):
                os.dup2(number, target)
            os.close(null)
            os.close(output)
            worker.run(wire, enclosure.confine)
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(70)
    for number in fds:
        os.close(number)
    return pid


def end(pid: int, alive: set[int], with_grace: bool = False) -> int:
    """Kill a worker and whatever it left behind; return the status it ended with.

    A worker that closed its wire is dying already: with `with_grace` it is waited for, so that its
    own status is known. One that lives on without a wire is killed, and the answer `STILL_ALIVE`.
    """
    alive.discard(pid)
    give_up = time.monotonic() + (GRACE if with_grace else 0.0)
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended or time.monotonic() >= give_up:
            break
        time.sleep(0.001)
    if not ended:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    for _ in range(GENERATIONS):
        left = [child for child in children() if child not in alive]
        for child in left:
            _kill_family(child)
        if not left:
            break
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status) if ended or not with_grace else STILL_ALIVE


def _kill_family(pid: int) -> None:
    """Kill an adopted orphan; its own children come to us and are killed after it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def children() -> list[int]:
    """Return the pids of this process's children (Linux; elsewhere none are known)."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as listing:
            return [int(pid) for pid in listing.read().split()]
    except OSError:
        return []


if __name__ == "__main__":
    _, _fd, _folder, _numpy, _msgspec, _level, _outside = sys.argv
    main(int(_fd), _folder, _numpy, _msgspec, int(_level), _outside)
    os._exit(0)  # taking the interpreter apart would keep the grader waiting
