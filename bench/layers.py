"""Measure the cost of each protection layer: in the server, in each worker, and in a call.

    python bench/layers.py [--rounds 15] [--quiet]

There is no target: `cold_check.py` measures a complete protected check. Run this script as root
and as an ordinary user. Layers that cannot be applied are listed, but not timed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import measure

from nnkata.checking.proxy import Link
from nnkata.checking.runtime import BundleBuilder, Submission, WorkerSlot
from nnkata.cli.context import pick_course
from nnkata.course.hashes import default_seed
from nnkata.sandbox.child import confinement, credentials, landlock, namespaces, rlimits, seccomp
from nnkata.sandbox.fork_server import ForkServer
from nnkata.sandbox.pool import WorkerPool

KATA = "softmax"
LEVELS = (0, 1, 2)
CALLS = 200


def main() -> None:
    options = measure.parser(__doc__, 15).parse_args()
    measure.machine("numpy")
    who = "root" if os.geteuid() == 0 else f"user {os.geteuid()}"
    print(
        f"each layer, {options.rounds} rounds, applied as in a server and its worker, run as {who}"
    )
    _print_layers([applied() for _ in range(options.rounds)])

    course, _ = pick_course()
    kata = course.katas[KATA]
    text = kata.reference.read_text(encoding="utf-8")
    bundle = BundleBuilder(course).of(kata, text, Submission("bench", lambda _: text))
    seed = default_seed(kata)

    with ExitStack() as stack:
        pools = {level: stack.enter_context(WorkerPool(ForkServer(level))) for level in LEVELS}
        sides: dict[str, measure.Side] = {}
        for level, pool in pools.items():
            pool.protection()  # now the pool is warm
            sides[f"server until ready, level {level}"] = lambda level=level: _start_fork_server(
                level
            )  # type: ignore[misc]
            sides[f"worker until loaded, level {level}"] = lambda pool=pool: _worker(  # type: ignore[misc]
                lambda: WorkerSlot(pool, kata, course, bundle), seed
            )
            sides[f"a call, level {level}"] = lambda pool=pool: _call(  # type: ignore[misc]
                WorkerSlot(pool, kata, course, bundle), seed
            )
        costs = measure.in_turn(sides, options.rounds, quiet=options.quiet)
    print("together, milliseconds")
    measure.table(costs, "ms")
    for title in ("server until ready", "worker until loaded", "a call"):
        bare = costs[f"{title}, level 0"]
        for level in LEVELS[1:]:
            middle = measure.quartiles(costs[f"{title}, level {level}"])[1]
            print(f"  {title}: level {level} / level 0: {middle / measure.quartiles(bare)[1]:.2f}")


def applied() -> dict[str, float | str]:
    """Apply every layer in a new process; return its milliseconds, or why it failed."""
    reader, writer = os.pipe()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        Path(folder).chmod(0o755)
        pid = os.fork()
        if pid == 0:
            try:
                told = json.dumps(dict(_layers(folder)))
                os.write(writer, told.encode())
            finally:
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as answer:
            told = answer.read()
        os.waitpid(pid, 0)
    found: dict[str, float | str] = json.loads(told)
    return found


def _layers(folder: str) -> Iterator[tuple[str, float | str]]:
    """Yield the milliseconds of each layer, or the error, in the order of their application."""
    sys.path = [p for p in sys.path if p and "packages" not in p and p.startswith(sys.base_prefix)]
    stdlib = [path for path in sys.path if Path(path).is_dir()]
    libraries = confinement.library_folders()
    visible = [*confinement.outermost(stdlib), *libraries, *confinement.SYSTEM_FILES]
    readable = [*confinement.python_files(), *libraries, *confinement.SYSTEM_FILES]
    rules: list[int] = []
    steps: dict[str, Callable[[], object]] = {
        "server: namespaces": lambda: namespaces.enter(folder, visible, []),
        "server: identity": lambda: credentials.drop(sys.path[:2], True),
        "server: Landlock rules": lambda: rules.append(landlock.prepare(readable)),
        "worker: resource limits": lambda: rlimits.apply(1024, 60),
        "worker: Landlock": lambda: landlock.restrict(rules[0]),
        "worker: seccomp": seccomp.apply,
    }
    for name, step in steps.items():
        start = time.perf_counter()
        try:
            step()
        except (OSError, IndexError) as error:
            yield name, f"could not be applied: {error}"
        else:
            yield name, (time.perf_counter() - start) * 1e3


def _print_layers(rounds: list[dict[str, float | str]]) -> None:
    for name in rounds[0]:
        values = [found[name] for found in rounds if isinstance(found[name], float)]
        if not values:
            print(f"  {name:<26} {rounds[0][name]}")
            continue
        low, middle, high = measure.quartiles([float(v) for v in values])
        print(f"  {name:<26} {middle:7.3f} ms  ({low:.3f} to {high:.3f})")


def _start_fork_server(level: int) -> float:
    start = time.perf_counter()
    with closing(WorkerPool(ForkServer(level))) as pool:
        pool.protection()
        return (time.perf_counter() - start) * 1e3


@contextmanager
def _taken(slot: WorkerSlot, seed: int) -> Iterator[WorkerSlot]:
    slot.load(seed, time.monotonic() + 30)
    try:
        yield slot
    finally:
        slot.close()


def _worker(make: Callable[[], WorkerSlot], seed: int) -> float:
    start = time.perf_counter()
    with _taken(make(), seed):
        return (time.perf_counter() - start) * 1e3


def _call(slot: WorkerSlot, seed: int) -> float:
    """Return the mean milliseconds of a small call."""
    with _taken(slot, seed):
        assert slot.worker is not None
        link = Link(slot.worker, time.monotonic() + 30)
        solution = slot.solution(link)
        start = time.perf_counter()
        for _ in range(CALLS):
            solution.logsumexp([0.0, 1.0])
        return (time.perf_counter() - start) / CALLS * 1e3


if __name__ == "__main__":
    main()
