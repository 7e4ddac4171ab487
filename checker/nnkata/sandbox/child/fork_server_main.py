"""The fork server: a bare process that imports numpy once, and that every worker is forked from.

It runs as a script, in an almost empty environment, and starts before the grader reads a hidden
check, because a forked worker has a copy of all its memory. It never runs a learner's code itself.

    python -P -s -S -B fork_server_main.py
        CONTROL_FD FOLDER NUMPY_PARENT MSGSPEC_PARENT LEVEL OUTSIDE

Commands on the control socket: `F` with two descriptors (wire, output) forks a worker and
answers with its pid; `E` with a pid ends that worker and answers with its status and the processor
time that it has used; `W` does the same for a worker that has closed its wire, and gives it time to
exit on its own first; `T` with a pid makes that worker print its traceback.
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
import sys
import time
import traceback
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

PACKAGE = "nnkata_sandbox"
GRACE = 2.0
"""Seconds that a process may take to exit on its own after its wire is closed."""
STILL_ALIVE = 256
"""The answer in place of an exit status: the process closed its wire, but did not exit."""
TRIAL = "trial/file"
"""A data file that the temporary worker must be able to read."""
TRIAL_MEMORY_MB = 400
"""The memory of the temporary worker."""
MAX_KILL_ROUNDS = 1000
"""Maximum rounds of killing a worker's descendants; each round kills one more generation."""
PRELOADED = "numpy.random numpy.typing collections.abc contextlib dataclasses functools".split()
"""Modules that many solutions import; imported once here, they cost a worker no time."""


class PackageFinder:
    """Finds the few packages that a worker needs, without site-packages on the path."""

    def __init__(self, parents: dict[str, str]) -> None:
        """Find the packages in `parents`, which maps each name to the folder that contains it."""
        self.parents = parents

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of `name` if it is one of the packages, else None."""
        if path is None and name in self.parents:
            return PathFinder.find_spec(name, [self.parents[name]], target)
        return None


def main(
    control_fd: int, folder: str, numpy_parent: str, msgspec_parent: str, level: int, outside: str
) -> None:
    """Import numpy, apply the layers of protection, then fork workers until the grader ends."""
    gc.disable()
    os.setsid()  # the terminal's Ctrl-C is for the grader
    os.chdir(folder)
    os.umask(0o022)  # a worker may run as a different user from the one that makes its file system
    modules = import_worker_modules(numpy_parent, msgspec_parent, "confinement", "cgroups")
    rlimits, protocol = modules["rlimits"], modules["protocol"]
    packages = [
        os.path.join(numpy_parent, "numpy"),
        os.path.join(numpy_parent, "numpy.libs"),
        os.path.join(msgspec_parent, "msgspec"),
    ]
    packages = [path for path in packages if os.path.isdir(path)]
    layers = modules["confinement"]
    probes = layers.Probes(outside, folder, [*sys.path, *packages, *layers.SYSTEM_FILES])
    cgroups = modules["cgroups"].Cgroups()  # before the file system is replaced
    confinement = layers.Confinement(level, folder, packages)
    rlimits.die_with_parent()
    rlimits.adopt_orphans()
    protection = try_protection(confinement, probes, cgroups)
    gc.freeze()
    gc.enable()
    control = socket.socket(fileno=control_fd)
    with contextlib.suppress(OSError):  # the grader may end at any time
        control.sendall(protocol.ANSWER.pack(os.getpid(), 0, 0.0) + protocol.dumps(protection))
        serve(control, protocol, modules["worker"], confinement, cgroups)
    cgroups.close()


def import_worker_modules(
    numpy_parent: str, msgspec_parent: str, *more: str
) -> dict[str, ModuleType]:
    """Return the modules that a worker needs, and those named `more`, imported with numpy.

    Afterwards no other package can be imported from the folders of numpy and msgspec.
    """
    finder = PackageFinder({"numpy": numpy_parent, "msgspec": msgspec_parent})
    sys.meta_path.insert(0, finder)
    folder = os.path.dirname(os.path.abspath(__file__))
    spec = importlib.util.spec_from_file_location(
        PACKAGE, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    assert spec is not None
    sys.modules[PACKAGE] = importlib.util.module_from_spec(spec)
    for name in PRELOADED:
        importlib.import_module(name)
    modules = {
        name: importlib.import_module(f"{PACKAGE}.{name}")
        for name in ("rlimits", "protocol", "worker", *more)
    }
    sys.meta_path.remove(finder)
    return modules


def try_protection(confinement: Any, probes: Any, cgroups: Any) -> dict[str, dict[str, str]]:
    """Return the report of a temporary worker, to which all layers were applied.

    Its keys are `layers`, a description of each; `acts`, whether each forbidden act is refused;
    `unreadable`, the files that a worker needs and cannot read; `limits`, the hard limits of its
    cgroup; and `unlimited`, why there is no hard limit on memory.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            given = confinement.show_given({TRIAL: b"x"})
            limits = cgroups.join(TRIAL_MEMORY_MB)
            report = {"layers": confinement.confine(), "limits": limits}
            report["unlimited"] = {"memory": cgroups.why} if "memory" not in limits else {}
            report["acts"] = probes.try_forbidden_acts(given)
            report["unreadable"] = confinement.find_unreadable(os.path.join(given, TRIAL))
            os.write(writer, repr(report).encode())
        finally:
            os._exit(0)
    os.close(writer)
    written = b""
    while part := os.read(reader, 2**16):
        written += part
    os.close(reader)
    os.waitpid(pid, 0)
    confinement.forget_given(pid)
    cgroups.forget(pid)
    return dict(ast.literal_eval(written.decode())) if written else {"layers": {}, "acts": {}}


def serve(
    control: socket.socket, protocol: Any, worker: ModuleType, confinement: Any, cgroups: Any
) -> None:
    """Answer the grader's commands; return when it closes the socket."""
    alive: set[int] = set()
    with contextlib.suppress(OSError):
        while True:
            data, fds, _, _ = socket.recv_fds(control, protocol.COMMAND.size, 2)
            if len(data) < protocol.COMMAND.size:
                break
            command, pid = protocol.COMMAND.unpack(data)
            if command == b"F":
                pid = fork(control, fds, worker, (confinement, cgroups))
                alive.add(pid)
                control.sendall(protocol.ANSWER.pack(pid, 0, 0.0))
            elif command == b"T":
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGUSR1)
                control.sendall(protocol.ANSWER.pack(pid, 0, 0.0))
            else:
                status, seconds = end(pid, alive, with_grace=command == b"W")
                confinement.forget_given(pid)
                cgroups.forget(pid)
                control.sendall(protocol.ANSWER.pack(pid, status, seconds))
    for pid in list(alive):
        end(pid, alive)
        cgroups.forget(pid)


def fork(control: socket.socket, fds: list[int], worker: ModuleType, sandbox: Any) -> int:
    """Fork a worker on the two descriptors; return its pid.

    `sandbox` is the pair of its confinement and its cgroups.
    """
    server = os.getpid()
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
            confinement, cgroups = sandbox
            worker.run(wire, confinement.confine, confinement.show_given, cgroups.join, server)
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(70)
    for number in fds:
        os.close(number)
    return pid


def end(pid: int, alive: set[int], with_grace: bool = False) -> tuple[int, float]:
    """Kill a worker and all its descendants; return its exit status and its processor time.

    With `with_grace`, a worker that closed its wire gets `GRACE` seconds to exit, so that its own
    status is known. If it still runs then, it is killed, and `STILL_ALIVE` is returned.
    """
    alive.discard(pid)
    give_up = time.monotonic() + (GRACE if with_grace else 0.0)
    while True:
        ended, status, used = os.wait4(pid, os.WNOHANG)
        if ended or time.monotonic() >= give_up:
            break
        time.sleep(0.001)
    if not ended:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
    for _ in range(MAX_KILL_ROUNDS):
        orphans = [child for child in children() if child not in alive]
        for orphan in orphans:
            _kill_orphan(orphan)
        if not orphans:
            break
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(status) if ended or not with_grace else STILL_ALIVE
    return code, used.ru_utime + used.ru_stime


def _kill_orphan(pid: int) -> None:
    """Kill an adopted orphan; this process then adopts its children, for the next round."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def children() -> list[int]:
    """Return the pids of this process's children; an empty list if there is no /proc."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as listing:
            return [int(pid) for pid in listing.read().split()]
    except OSError:
        return []


if __name__ == "__main__":
    _, _fd, _folder, _numpy, _msgspec, _level, _outside = sys.argv
    main(int(_fd), _folder, _numpy, _msgspec, int(_level), _outside)
    os._exit(0)  # a full interpreter shutdown would keep the grader waiting
