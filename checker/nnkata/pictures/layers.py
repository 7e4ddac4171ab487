"""Lay out a graph in layers: each node after its parents, with few crossings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 12
STARTS = 12
BEND = 18.0
"""The space that is reserved where a long edge crosses a layer, as for a dummy node."""

Point = tuple[int, float]


@dataclass(frozen=True)
class Layout:
    """The positions of the nodes of a graph.

    Attributes:
        layers: the number of layers.
        layer: the layer of each node, 0 for the first.
        across: the position of each node's centre across its layer, from 0.
        extent: the size of the widest layer, nodes included.
        bends: for each (parent, child), the positions between nodes that a long edge passes.
    """

    layers: int
    layer: list[int]
    across: list[float]
    extent: float
    bends: dict[tuple[int, int], list[Point]]


def lay_out(parents: Sequence[Sequence[int]], size: float, gap: float) -> Layout:
    """Return positions for nodes that are `size` wide across their layer and `gap` apart.

    `parents` has the numbers of each node's parents, which come before it; every node leads to the
    last. A node is as close to the last one as its children allow.
    """
    if not parents:
        return Layout(0, [], [], 0.0, {})
    layer = _assign_layers(parents)
    items = list(layer)  # the layer of each node, and then of each bend
    links: list[tuple[int, int]] = []
    chains: dict[tuple[int, int], list[int]] = {}
    for child, own in enumerate(parents):
        for parent in dict.fromkeys(own):
            chain = chains[parent, child] = []
            last = parent
            for between in range(layer[parent] + 1, layer[child]):
                items.append(between)
                chain.append(len(items) - 1)
                links.append((last, chain[-1]))
                last = chain[-1]
            links.append((last, child))
    rows: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    for item, number in enumerate(items):
        rows[number].append(item)
    before: list[list[int]] = [[] for _ in items]
    after: list[list[int]] = [[] for _ in items]
    for one, other in links:
        before[other].append(one)
        after[one].append(other)
    rows = _reduce_crossings(rows, before, after)
    sizes = [size if item < len(layer) else BEND for item in range(len(items))]
    places = _choose_places(rows, before, after, sizes, gap)
    low = min(p - s / 2 for p, s in zip(places, sizes, strict=True))
    high = max(p + s / 2 for p, s in zip(places, sizes, strict=True))
    places = [p - low for p in places]
    return Layout(
        layers=len(rows),
        layer=layer,
        across=places[: len(layer)],
        extent=high - low,
        bends={pair: [(items[i], places[i]) for i in chain] for pair, chain in chains.items()},
    )


def compute_longest_paths(parents: Sequence[Sequence[int]]) -> list[int]:
    """Return the length of the longest path from each node to the last one."""
    far = [0] * len(parents)
    for child in reversed(range(len(parents))):
        for parent in parents[child]:
            far[parent] = max(far[parent], far[child] + 1)
    return far


def _assign_layers(parents: Sequence[Sequence[int]]) -> list[int]:
    far = compute_longest_paths(parents)
    return [max(far) - distance for distance in far]


def _reduce_crossings(
    rows: list[list[int]], before: list[list[int]], after: list[list[int]]
) -> list[list[int]]:
    """Return the rows in the best order found from several deterministic starts."""
    rng = random.Random(0)
    best, fewest = rows, _count_crossings(rows, after)
    for start in range(STARTS):
        if not fewest:
            break
        tried = [list(row) for row in rows]
        if start:
            for row in tried:
                rng.shuffle(row)
        _order(tried, before, after)
        while _swap_once(tried, after):
            pass
        crossings = _count_crossings(tried, after)
        if crossings < fewest:
            best, fewest = tried, crossings
    return best


def _order(rows: list[list[int]], before: list[list[int]], after: list[list[int]]) -> None:
    """Sort the items of each row by the mean position of their neighbours, in both directions."""
    for sweep in range(SWEEPS):
        forwards = sweep % 2 == 0
        neighbours = before if forwards else after
        numbers = range(1, len(rows)) if forwards else range(len(rows) - 2, -1, -1)
        for number in numbers:
            beside = rows[number - 1] if forwards else rows[number + 1]
            position = {item: place for place, item in enumerate(beside)}
            middles = {}
            for place, item in enumerate(rows[number]):
                near = [position[n] for n in neighbours[item]]
                middles[item] = sum(near) / len(near) if near else place
            rows[number].sort(key=middles.__getitem__)


def _swap_once(rows: list[list[int]], after: list[list[int]]) -> bool:
    """Swap two adjacent items of a row if that reduces the crossings; return whether it did."""
    fewest = _count_crossings(rows, after)
    for row in rows:
        for place in range(len(row) - 1):
            row[place], row[place + 1] = row[place + 1], row[place]
            if _count_crossings(rows, after) < fewest:
                return True
            row[place], row[place + 1] = row[place + 1], row[place]
    return False


def _count_crossings(rows: list[list[int]], after: list[list[int]]) -> int:
    count = 0
    for row, following in pairwise(rows):
        position = {item: place for place, item in enumerate(following)}
        ends = [(place, position[n]) for place, item in enumerate(row) for n in after[item]]
        count += sum(
            (a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(ends) for b in ends[:i]
        )
    return count


def _choose_places(
    rows: list[list[int]], before: list[list[int]], after: list[list[int]],
    sizes: list[float], gap: float,
) -> list[float]:  # fmt: skip
    """Return a position per item, in its row's order, as close to its neighbours as possible."""
    places = [0.0] * len(sizes)
    for row in rows:
        at = 0.0
        for item in row:
            places[item] = at + sizes[item] / 2
            at += sizes[item] + gap
        for item in row:
            places[item] -= (at - gap) / 2  # rows begin centred
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            wanted = []
            for item in row:
                near = before[item] + after[item]
                wanted.append(sum(places[n] for n in near) / len(near) if near else places[item])
            for item, place in zip(row, _separate(wanted, row, sizes, gap), strict=True):
                places[item] = place
    return places


def _separate(wanted: list[float], row: list[int], sizes: list[float], gap: float) -> list[float]:
    """Return the positions closest to those wanted (least squares), in order and gap apart."""
    offsets = [0.0]
    for one, other in pairwise(row):
        offsets.append(offsets[-1] + (sizes[one] + sizes[other]) / 2 + gap)
    groups: list[tuple[float, int]] = []  # the mean of neighbours that touch, and their number
    for place, offset in zip(wanted, offsets, strict=True):
        mean, count = place - offset, 1
        while groups and groups[-1][0] > mean:
            before, number = groups.pop()
            mean = (mean * count + before * number) / (count + number)
            count += number
        groups.append((mean, count))
    means = [mean for mean, count in groups for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
