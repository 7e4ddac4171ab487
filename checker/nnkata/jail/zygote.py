"""The bare process that numpy is loaded in once, and that every worker is forked from.

It is run as a script, in an empty environment, before the grader has read a hidden check:
a forked child owns a copy of all its memory. It never runs a learner's code itself.

    python -P -s -S -B zygote.py CONTROL_FD FOLDER NUMPY_HOME MSGSPEC_HOME

Commands on the control socket: `F` with two descriptors (wire, output) forks a worker and
answers with its pid; `E` with a pid ends that worker and answers with its status.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import importlib.util
import os
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

COMMAND = struct.Struct(">ci")
ANSWER = struct.Struct(">ii")
JAIL = "nnkata_jail"
WARM = "numpy.random numpy.typing collections.abc contextlib dataclasses functools".split()
"""What many modules of the network import; read once here, it costs no worker anything."""


class Homes:
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


def main(control_fd: int, folder: str, numpy_home: str, msgspec_home: str) -> None:
    """Warm numpy, then fork workers until the grader goes away."""
    os.setsid()  # the terminal's Ctrl-C is for the grader
    os.chdir(folder)
    homes = Homes({"numpy": numpy_home, "msgspec": msgspec_home})
    sys.meta_path.insert(0, homes)
    jail = os.path.dirname(os.path.abspath(__file__))
    spec = importlib.util.spec_from_file_location(
        JAIL, os.path.join(jail, "__init__.py"), submodule_search_locations=[jail]
    )
    assert spec is not None
    sys.modules[JAIL] = importlib.util.module_from_spec(spec)
    for name in WARM:
        importlib.import_module(name)
    limits = importlib.import_module(f"{JAIL}.limits")
    worker = importlib.import_module(f"{JAIL}.worker")
    limits.die_with_parent()
    limits.adopt_orphans()
    sys.meta_path.remove(homes)
    gc.collect()
    gc.freeze()
    serve(socket.socket(fileno=control_fd), worker)


def serve(control: socket.socket, worker: ModuleType) -> None:
    """Answer the grader's commands; return when it closes the socket."""
    alive: set[int] = set()
    with contextlib.suppress(OSError):  # the grader may be gone at any time
        control.sendall(ANSWER.pack(os.getpid(), 0))
        while True:
            data, fds, _, _ = socket.recv_fds(control, COMMAND.size, 2)
            if len(data) < COMMAND.size:
                break
            command, pid = COMMAND.unpack(data)
            if command == b"F":
                pid = fork(control, fds, worker)
                alive.add(pid)
                control.sendall(ANSWER.pack(pid, 0))
            else:
                control.sendall(ANSWER.pack(pid, end(pid, alive)))
    for pid in list(alive):
        end(pid, alive)


def fork(control: socket.socket, fds: list[int], worker: ModuleType) -> int:
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
            worker.run(wire)
        finally:
            os._exit(70)
    for number in fds:
        os.close(number)
    return pid


def end(pid: int, alive: set[int]) -> int:
    """Kill a worker and whatever it left behind; return the status it ended with."""
    alive.discard(pid)
    ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    for left in children():
        if left not in alive:
            _kill_family(left)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(status)


def _kill_family(pid: int) -> None:
    """Kill an adopted orphan; its own children come to us and are killed in their turn."""
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
    main(int(sys.argv[1]), *sys.argv[2:5])
