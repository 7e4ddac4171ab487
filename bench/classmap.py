"""Measure the time and memory of `kata classmap` for several class sizes, and the copies found.

python bench/classmap.py [--sizes 100 1000]

The class is generated: each person writes a module of random statements, and every twentieth
person copies another module with changed names, numbers and order. Each submission has one of
thirty patterns of failures. A worker parses the modules: the processor time is that of this
process, and the wall time includes the worker's.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from nnkata.classmap.confined import TokenReader
from nnkata.classmap.grouping import build_class_map
from nnkata.classmap.similarity import compare_modules
from nnkata.model import Outcome, Protection, Verdict, Verdicts
from nnkata.sandbox.pool import WorkerPool

ATOMS = ("a", "b", "c", "3", "0.5", "x.shape[0]", "len(x)", "x[0]")
CALLS = (
    "np.exp({})", "np.log({})", "np.sum({}, axis=0)", "np.maximum({}, 0)", "abs({})", "({}).T",
    "np.mean({})", "np.sqrt({})", "float({})", "({}).max()",
)  # fmt: skip
OPERATIONS = ("{} + {}", "{} * {}", "{} - {}", "{} / {}", "{} @ {}", "min({}, {})")
FAILURES, KATAS, COPIES = 30, 5, 20


def expression(rng: random.Random, depth: int = 0) -> str:
    """Return a random expression."""
    kind = rng.random()
    if depth > 2 or kind < 0.25:
        return rng.choice(ATOMS)
    if kind < 0.65:
        return rng.choice(CALLS).format(expression(rng, depth + 1))
    return rng.choice(OPERATIONS).format(expression(rng, depth + 1), expression(rng, depth + 1))


def statement(rng: random.Random) -> Iterator[str]:
    """Yield the lines of a random statement."""
    kind, name = rng.random(), rng.choice("abc")
    if kind < 0.6:
        yield f"    {name} = {expression(rng)}"
    elif kind < 0.75:
        yield f"    {name} += {expression(rng)}"
    elif kind < 0.9:
        yield f"    if {expression(rng)} > {expression(rng)}:"
        yield f"        {name} = {expression(rng)}"
    else:
        yield f"    for {name} in range({expression(rng)}):"
        yield f"        c = {expression(rng)}"


def write_functions(rng: random.Random) -> list[str]:
    """Return the functions of one person."""
    functions = []
    for number in range(4):
        lines = [f"def part_{number}(x, a, b):", "    c = 0"]
        for _ in range(8):
            lines += statement(rng)
        functions.append("\n".join([*lines, f"    return {expression(rng)}"]))
    return functions


def copy_functions(functions: list[str], rng: random.Random) -> list[str]:
    """Return a copy of the functions with different names, numbers and order."""
    copies = []
    for text in functions:
        for old, new in (("part_", "step_"), ("a", "first"), ("b", "second"), ("c", "result")):
            text = replace_word(text, old, new)
        copies.append(text.replace("0.5", "0.25").replace("    result = 0", "    result = 0 * 1"))
    rng.shuffle(copies)
    return copies


def replace_word(text: str, old: str, new: str) -> str:
    """Return a text with a name replaced."""
    return re.sub(rf"\b{old}(?=\W|\d)", new, text)


def make_class(size: int, seed: int) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """Return the text of each person, and the pairs of a text and its copy."""
    rng = random.Random(seed)
    people: dict[str, list[str]] = {}
    pairs = set()
    for number in range(size):
        name = f"s{number:05}"
        if number % COPIES == COPIES - 1:
            source = f"s{number - 1 - rng.randrange(5):05}"
            people[name] = copy_functions(people[source], rng)
            pairs.add((source, name))
        else:
            people[name] = write_functions(rng)
    head = "import numpy as np\n\n\n"
    return {name: head + "\n\n\n".join(parts) + "\n" for name, parts in people.items()}, pairs


def make_result(size: int) -> Verdicts:
    """Return a result in which each submission has one of FAILURES patterns of failures."""
    rng = random.Random(size)
    verdicts = []
    for number in range(size):
        for kata in range(KATAS):
            way = rng.randrange(FAILURES)
            outcomes = [
                Outcome(check=f"check_{n}", sentence="It works.", outcome="failed",
                        behaviour=f"{way:016x}", call="f(1)" * n, got="1", expected="2")
                for n in range(8)
            ]  # fmt: skip
            verdicts.append(
                Verdict(submission=f"s{number:05}", kata=f"kata-{kata}", module="part/kata.py",
                        passed=False, points=0, max_points=8, outcomes=outcomes,
                        sha256={"module": str(number), "checks": "one"})
            )  # fmt: skip
    protection = Protection(2, "", "", "", "", True)
    return Verdicts(engine="", course="", seed=7, protection=protection, verdicts=verdicts)


def main() -> None:
    """Measure and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    print(
        "| submissions | grouping, 5 katas | similarity, one kata | … with the parsing, wall time "
        "| copies found | others listed |"
    )
    print("|---|---|---|---|---|---|")
    for size in parser.parse_args().sizes:
        result = make_result(size)
        start = time.process_time()
        build_class_map([(Path("result.json"), result)])
        grouping = time.process_time() - start
        texts, copies = make_class(size, 1)
        with WorkerPool() as pool, closing(TokenReader(pool)) as reader:
            pool.protection()
            wall, start = time.perf_counter(), time.process_time()
            found = compare_modules("kata", "part/kata.py", texts, [], reader)
            similarity = time.process_time() - start
            wall = time.perf_counter() - wall
        listed = {pair.submissions for pair in found.pairs}
        print(
            f"| {size} | {grouping:.2f} s | {similarity:.2f} s | {wall:.2f} s "
            f"| {len(listed & copies)} of {len(copies)} "
            f"| {len(listed - copies)} of {size * (size - 1) // 2 - len(copies)} |"
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nat most {memory:.0f} MiB resident, including the generated class")


if __name__ == "__main__":
    main()
