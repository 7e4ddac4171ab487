"""What each layer of the jail costs: applied once by the zygote, by each worker, and in use.

    python bench/layers.py [--rounds 15] [--quiet]

No target of its own: `cold_check.py` measures protected checking whole. Run as root and as an
ordinary user; what cannot be applied is named and not timed.
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

from nnkata.bundles import Bundles, Submission
from nnkata.cli.common import pick_course
from nnkata.hashes import default_seed
from nnkata.jail import identity, landlock, limits, namespaces, protections, seccomp
from nnkata.jail.parent import Zygote
from nnkata.seats import Jail, Seat
from nnkata.solution import Link

KATA = "softmax"
LEVELS = (0, 1, 2)
CALLS = 200


def main() -> None:
    options = measure.parser(__doc__, 15).parse_args()
    measure.machine("numpy")
    who = "root" if os.geteuid() == 0 else f"user {os.geteuid()}"
    print(f"each layer, {options.rounds} rounds, applied as in a zygote and its worker, as {who}")
    _print_layers([applied() for _ in range(options.rounds)])

    course, _ = pick_course()
    kata = course.katas[KATA]
    text = kata.reference.read_text(encoding="utf-8")
    bundle = Bundles(course).of(kata, text, Submission("bench", lambda _: text))
    seed = default_seed(kata)

    with ExitStack() as stack:
        jails = {level: stack.enter_context(Jail(Zygote(level))) for level in LEVELS}
        sides: dict[str, measure.Side] = {}
        for level, jail in jails.items():
            jail.protection()  # it is warm from here on
            sides[f"zygote until ready, level {level}"] = lambda level=level: _zygote(level)  # type: ignore[misc]
            sides[f"worker until loaded, level {level}"] = lambda jail=jail: _worker(  # type: ignore[misc]
                lambda: Seat(jail, kata, course, bundle), seed
            )
            sides[f"a call, level {level}"] = lambda jail=jail: _call(  # type: ignore[misc]
                Seat(jail, kata, course, bundle), seed
            )
        costs = measure.in_turn(sides, options.rounds, quiet=options.quiet)
    print("together, milliseconds")
    measure.table(costs, "ms")
    for what in ("zygote until ready", "worker until loaded", "a call"):
        bare = costs[f"{what}, level 0"]
        for level in LEVELS[1:]:
            middle = measure.quartiles(costs[f"{what}, level {level}"])[1]
            print(f"  {what}: level {level} / level 0: {middle / measure.quartiles(bare)[1]:.2f}")


def applied() -> dict[str, float | str]:
    """Apply every layer in a process of its own; return milliseconds, or why it could not be."""
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
    """Yield what each layer took, in the order in which the zygote and then a worker apply them."""
    sys.path = [p for p in sys.path if p and "packages" not in p and p.startswith(sys.base_prefix)]
    stdlib = [path for path in sys.path if Path(path).is_dir()]
    libraries = protections.library_folders()
    visible = [*protections.outermost(stdlib), *libraries, *protections.SYSTEM_FILES]
    readable = [*protections.python_files(), *libraries, *protections.SYSTEM_FILES]
    rules: list[int] = []
    steps: dict[str, Callable[[], object]] = {
        "zygote: namespaces": lambda: namespaces.enter(folder, visible, []),
        "zygote: identity": lambda: identity.drop(sys.path[:2], True),
        "zygote: Landlock rules": lambda: rules.append(landlock.prepare(readable)),
        "worker: resource limits": lambda: limits.apply(1024, 60),
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


def _zygote(level: int) -> float:
    start = time.perf_counter()
    with closing(Jail(Zygote(level))) as jail:
        jail.protection()
        return (time.perf_counter() - start) * 1e3


@contextmanager
def _taken(seat: Seat, seed: int) -> Iterator[Seat]:
    seat.take(seed, time.monotonic() + 30)
    try:
        yield seat
    finally:
        seat.close()


def _worker(make: Callable[[], Seat], seed: int) -> float:
    start = time.perf_counter()
    with _taken(make(), seed):
        return (time.perf_counter() - start) * 1e3


def _call(seat: Seat, seed: int) -> float:
    """Return the milliseconds that one small call takes, the mean of many."""
    with _taken(seat, seed):
        assert seat.worker is not None
        link = Link(seat.worker, time.monotonic() + 30)
        solution = seat.solution(link)
        start = time.perf_counter()
        for _ in range(CALLS):
            solution.logsumexp([0.0, 1.0])
        return (time.perf_counter() - start) / CALLS * 1e3


if __name__ == "__main__":
    main()
