"""Compare round trips between grader and worker with bare ones (socket pair and msgpack).

    python bench/crossings.py [--rounds 15] [--quiet]

There is no target. The figures show the cost of the calls of a check, and of a worker.
"""

from __future__ import annotations

import os
import random
import socket
import struct
import time
from collections.abc import Callable
from typing import Any

import measure
import msgspec
import numpy as np

from nnkata.checking.assessor import Assessor
from nnkata.checking.proxy import Link, Solution
from nnkata.checking.pytest_session import Checks
from nnkata.checking.runtime import Submission, WorkerSlot
from nnkata.cli.context import pick_course
from nnkata.sandbox.pool import WorkerPool

KATA = "value"
CALLS = 200
HEADER = struct.Struct(">I")
MORE = """

def echo(x):
    return x


def call(f, x):
    return f(x)
"""


class Bare:
    """A child process that echoes each message: four bytes of length, then msgpack."""

    def __init__(self) -> None:
        self.socket, solved = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            self.socket.close()
            try:
                while True:
                    _send(solved, _receive(solved))
            finally:
                os._exit(0)
        solved.close()

    def ask(self, message: Any) -> Any:
        """Send a message and return the answer."""
        _send(self.socket, message)
        return _receive(self.socket)

    def close(self) -> None:
        """End the child."""
        self.socket.close()
        os.waitpid(self.pid, 0)


def _send(to: socket.socket, message: Any) -> None:
    body = msgspec.msgpack.encode(message)
    to.sendall(HEADER.pack(len(body)) + body)


def _receive(source: socket.socket) -> Any:
    (length,) = HEADER.unpack(_exactly(source, HEADER.size))
    return msgspec.msgpack.decode(_exactly(source, length))


def _exactly(source: socket.socket, count: int) -> bytes:
    parts = b""
    while len(parts) < count:
        part = source.recv(count - len(parts))
        if not part:
            raise EOFError
        parts += part
    return parts


def main() -> None:
    parser = measure.parser(__doc__, 15)
    options = parser.parse_args()
    rounds = options.rounds
    course, _ = pick_course()
    kata = course.katas[KATA]
    names = {KATA: (kata.module, [*kata.file.exports, "echo", "call"])}
    assessor = Assessor(course, Checks([kata]), WorkerPool())
    text = assessor.bundles.reference(KATA) + MORE
    bundle = assessor.bundles.build(kata, text, Submission("bench", lambda _: text))
    rng = random.Random(0)
    ten, thousand = ([rng.random() for _ in range(n)] for n in (10, 1000))
    array = np.random.default_rng(0).normal(size=(128, 64))
    raw = ["<f8", [128, 64], array.tobytes()]
    cases: dict[str, tuple[Callable[[Solution], Callable[[], Any]], Any]] = {
        "a float": (lambda s: lambda: s.echo(1.5), 1.5),
        "a list of 10 floats": (lambda s: lambda: s.echo(ten), ten),
        "a list of 1000 floats": (lambda s: lambda: s.echo(thousand), thousand),
        "an array, 128x64 float64": (lambda s: lambda: s.echo(array), raw),
        "Value(2.0)": (lambda s: lambda: s.Value(2.0), 2.0),
        "a * c": (lambda s: _product(s.Value(2.0), s.Value(3.0)), [1, 2]),
        "a callback": (lambda s: lambda: s.call(lambda x: x, 1.5), 1.5),
    }
    measure.machine("msgspec", "numpy")
    bare = Bare()
    sides: dict[str, measure.Side] = {}
    with assessor.pool as pool:
        slot = WorkerSlot(pool, kata, course, bundle)
        for name, (prepare, message) in cases.items():
            sides[name] = lambda prepare=prepare: _through(slot, prepare, kata.module, names)  # type: ignore[misc]
            sides[f"{name}, bare"] = lambda message=message: _each(lambda: bare.ask(message))  # type: ignore[misc]
        sides["load the modules again"] = lambda: _each(lambda: slot.load(7, _soon()), 20)
        sides["a worker: fork, protect, set up, load"] = lambda: _worker(pool, kata, course, bundle)
        costs = measure.in_turn(sides, rounds, quiet=options.quiet)
        slot.close()
    bare.close()
    print(f"round trips, {rounds} rounds of {CALLS} calls, microseconds and ratio to the bare time")
    float_bare = measure.quartiles(costs["a float, bare"])[1]
    for name, values in costs.items():
        if name.endswith(", bare"):
            continue
        low, middle, high = measure.quartiles(values)
        other = measure.quartiles(costs[f"{name}, bare"])[1] if name in cases else float_bare
        print(
            f"  {name:<38} {middle:9.1f} us  ({low:.1f} to {high:.1f})   "
            f"{middle / other:6.1f} x {other:.1f} us"
        )


def _product(a: Any, c: Any) -> Callable[[], Any]:
    return lambda: a * c


def _soon() -> float:
    return time.monotonic() + 30


def _each(act: Callable[[], Any], times: int = CALLS) -> float:
    """Return the mean microseconds of a call."""
    start = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - start) / times * 1e6


def _through(
    slot: WorkerSlot, prepare: Callable[[Solution], Callable[[], Any]], module: str,
    names: dict[str, tuple[str, list[str]]],
) -> float:  # fmt: skip
    """Return the mean microseconds of a kind of call in a new check, with an empty transcript."""
    slot.load(7, _soon())
    assert slot.worker is not None
    act = prepare(Solution(Link(slot.worker, _soon()), module, names, KATA))
    act()
    return _each(act)


def _worker(pool: WorkerPool, *arguments: Any) -> float:
    """Return the microseconds until a worker has loaded its modules; its end is not timed."""
    slot = WorkerSlot(pool, *arguments)
    start = time.perf_counter()
    slot.load(7, _soon())
    seconds = time.perf_counter() - start
    slot.close()
    return seconds * 1e6


if __name__ == "__main__":
    main()
