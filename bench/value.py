"""Compare the reference `Value` with an engine of closures: time and bytes per node, long chains.

python bench/value.py [--rounds 9]

Times are processor times: both sides use one thread, and other programs disturb processor times
less than wall times.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measure
from closures import Node

from refnn.autograd.value import Value

POINTS = 100
SIZES = (2, 16, 16, 1)
GRAPH_NODES = 2**20
CHAIN = 10**6
ENGINES: dict[str, Any] = {"closures": Node, "Value": Value}


def network(make: Callable[[float], Any]) -> list[Any]:
    """Return a 2-16-16-1 MLP: the weights and the bias of each neuron of each layer."""
    rng = random.Random(1)
    return [
        [([make(rng.uniform(-1, 1)) for _ in range(n)], make(rng.uniform(-1, 1))) for _ in range(m)]
        for n, m in itertools.pairwise(SIZES)
    ]


def loss(layers: list[Any], points: list[tuple[list[float], float]], zero: Any) -> Any:
    """Return the squared error of the network, summed over the points."""
    total = zero
    for x, y in points:
        signal: list[Any] = x
        for layer in layers:
            signal = [
                sum((w * s for w, s in zip(ws, signal, strict=True)), b).tanh() for ws, b in layer
            ]
        difference = signal[0] - y
        total = total + difference * difference
    return total


def nodes(root: Any) -> int:
    """Count the nodes of a graph."""
    seen, stack = {id(root)}, [root]
    while stack:
        for parent in stack.pop().parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                stack.append(parent)
    return len(seen)


def mixed(make: Callable[[float], Any]) -> Any:
    """Build a graph of 2^20 nodes with twice as many sums as products or tanh."""
    x, y = make(1.0000001), make(0.9999999)
    end = x
    for _ in range(GRAPH_NODES // 4):
        end = end + x
        product = end * y
        end = product.tanh() + product
    return end


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def bytes_per_node(name: str) -> float:
    """Return the resident bytes per node of the mixed graph, measured in a new process."""
    command = [sys.executable, __file__, "--bytes-of", name]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=measure.environment()
    )
    return float(done.stdout)


def speed(collect: bool, rounds: int) -> None:
    rng = random.Random(0)
    points = [
        ([rng.uniform(-1, 1), rng.uniform(-1, 1)], rng.choice([-1.0, 1.0])) for _ in range(POINTS)
    ]
    sides = {}
    counts = {}
    for name, make in ENGINES.items():
        layers = network(make)
        counts[name] = nodes(loss(layers, points, make(0.0)))

        def once(name: str = name, layers: list[Any] = layers, make: Any = make) -> float:
            gc.collect()
            (gc.enable if collect else gc.disable)()
            start = time.process_time()
            root = loss(layers, points, make(0.0))
            root.backward()
            seconds = time.process_time() - start
            gc.enable()
            return seconds / counts[name] * 1e9

        sides[name] = once
    words = "on" if collect else "off"
    print(
        f"garbage collector {words}: {' and '.join(map(str, counts.values()))} nodes, ns per node"
    )
    costs = measure.in_turn(sides, rounds)
    measure.table(costs, "ns")
    target, stretch = (4.0, 10.0) if collect else (1.1, 2.5)
    words = f"closures / Value (stretch {stretch:g})"
    measure.ratio(words, costs["closures"], costs["Value"], target, at_least=True)


def memory() -> None:
    print(f"mixed graph of 2^20 nodes, resident bytes per node: {' and '.join(ENGINES)}")
    costs = measure.in_turn({n: lambda n=n: bytes_per_node(n) for n in ENGINES}, 3, warmups=0)  # type: ignore[misc]
    measure.table(costs, "B ")
    measure.ratio("Value / closures", costs["Value"], costs["closures"], 0.30)


def chains() -> None:
    print("a chain of additions, forward and backward")
    works, fails = 0, CHAIN
    while fails - works > 1:
        length = (works + fails) // 2
        works, fails = (length, fails) if _chain(Node, length) else (works, length)
    print(f"  closures: {works} work, {fails} do not (RecursionError)")
    start = time.perf_counter()
    held = _chain(Value, CHAIN)
    seconds = time.perf_counter() - start
    print(f"  Value: {CHAIN} in {seconds:.2f} s, target: no error: {'held' if held else 'MISSED'}")


def _chain(make: Any, length: int) -> bool:
    x = make(1.0)
    end = x
    for _ in range(length):
        end = end + x
    try:
        end.backward()
    except RecursionError:
        return False
    return bool(x.grad == length + 1.0)


def main() -> None:
    parser = measure.parser(__doc__, 9, quiet=False)
    parser.add_argument("--bytes-of", choices=list(ENGINES), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bytes_of:
        gc.disable()
        before = resident()
        end = mixed(ENGINES[options.bytes_of])
        print((resident() - before) / GRAPH_NODES, flush=True)
        assert end.data
        os._exit(0)  # freeing a graph of closures takes longer than building it
    measure.machine()
    speed(True, options.rounds)
    speed(False, options.rounds)
    memory()
    chains()


if __name__ == "__main__":
    main()
