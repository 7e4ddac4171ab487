"""Functions that run beside the learner's topological_sort and say what is true of its results."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, ClassVar

from . import topological_sort as module
from .topological_sort import topological_sort

ENOUGH = 1000
"""How often the parents of one node may be read, or be compared, before a probe stops."""


class Node:
    """A node that is not a Value: all it has in common with one is ``data`` and ``parents``."""

    def __init__(self, data: float) -> None:
        """Make a node without parents."""
        self.data = data
        self.parents: Sequence[Any] = ()


class Equal(Node):
    """A node that counts as equal to every other one of the same data."""

    def __eq__(self, other: object) -> bool:
        """Compare the data."""
        return isinstance(other, Node) and self.data == other.data

    def __hash__(self) -> int:
        """Return the same for equal data."""
        return hash(self.data)


class Unhashable(Node):
    """A node of a class that compares data and so has no hash."""

    def __eq__(self, other: object) -> bool:
        """Compare the data."""
        return isinstance(other, Node) and self.data == other.data

    __hash__ = None  # type: ignore[assignment]


class Watching(Node):
    """A node that counts how often its parents are read, and looks how deep the calls are then."""

    all_reads = 0
    deepest = 0

    def __init__(self, data: float) -> None:
        """Make a node without parents, whose parents were not read yet."""
        self.reads = 0
        super().__init__(data)

    @property
    def parents(self) -> Sequence[Any]:  # type: ignore[override]
        """Return the parents and count it; at every hundredth read note the depth of the calls."""
        self.reads += 1
        if self.reads >= ENOUGH:
            raise _EnoughError("the parents of one node are read more than 999 times")
        Watching.all_reads += 1
        if Watching.all_reads % 100 == 0:
            Watching.deepest = max(Watching.deepest, _depth())
        return self.stored

    @parents.setter
    def parents(self, parents: Sequence[Any]) -> None:
        self.stored = parents


class Compared(Node):
    """A node that counts how often it is compared with ``==``, as ``in`` does for a list."""

    comparisons = 0

    def __eq__(self, other: object) -> bool:
        """Return whether it is the same object, as for every Python object, and count it."""
        self.comparisons += 1
        if self.comparisons >= ENOUGH:
            raise _EnoughError("one node is compared with others more than 999 times")
        return self is other

    __hash__ = object.__hash__


class _CountedId(int):
    """An id that counts how often it is compared with ``==``, as ``in`` does for a list."""

    counts: ClassVar[Counter[int]] = Counter()

    def __eq__(self, other: object) -> bool:
        """Return whether it is the same number, and count it."""
        number = int(self)
        self.counts[number] += 1
        if self.counts[number] >= ENOUGH:
            raise _EnoughError("the id of one node is compared with others more than 999 times")
        return number == other

    __hash__ = int.__hash__


def _depth() -> int:
    """Return how many calls are open, 1000 at most."""
    frame, depth = sys._getframe(), 0
    while depth < 1000 and (frame := frame.f_back):  # type: ignore[assignment]
        depth += 1
    return depth


class _EnoughError(Exception):
    pass


KINDS: dict[str, Callable[[float], Node]] = {
    "plain": Node,
    "equal": Equal,
    "unhashable": Unhashable,
}


def names(
    graph: dict[str, list[str]], data: dict[str, float] | None = None, kind: str = "plain"
) -> Any:
    """Sort a graph, given as node -> parents with the root last; return the names in that order.

    What is not a node of the graph is named "?". If the result is not a list, its type is returned
    in words; instead of a ValueError, its name.
    """
    nodes = _built(graph, data or {}, kind)
    known = {id(node): name for name, node in zip(graph, nodes, strict=True)}
    try:
        order = topological_sort(nodes[-1])
    except ValueError:
        return "ValueError"
    if type(order) is not list:
        return _kind(order)
    return [known.get(id(node), "?") for node in order]


def deep_facts(shape: str, length: int) -> Any:
    """Sort a deep graph of so many nodes; return its facts, and whether calls pile up on the way.

    In a "chain" each node is the only parent of the next, in "doublings" it is that twice, in a
    "ladder" each node has the two before it as parents, in a "ring" the first node has the last
    one as its parent. Whatever recursion limit the module has set, Python's usual one is used here.
    """
    sys.setrecursionlimit(1000)
    nodes = [Watching(_scattered(i)) for i in range(length)]
    for parent, node in pairwise(nodes):
        node.parents = (parent, parent) if shape == "doublings" else (parent,)
    if shape == "ladder":
        for before, parent, node in zip(nodes, nodes[1:], nodes[2:], strict=False):
            node.parents = (before, parent)
    if shape == "ring":
        nodes[0].parents = (nodes[-1],)
    Watching.all_reads, Watching.deepest = 0, 0
    try:
        found = _facts(nodes)
    except _EnoughError as error:
        return str(error)
    return found | {"calls pile up": _piled_up()} if type(found) is dict else found


def piling_of_calls(length: int) -> Any:
    """Sort a chain of so many nodes; say whether calls pile up inside calls on the way."""
    found = deep_facts("chain", length)
    if type(found) is not dict:
        return found
    return "they pile up" if found["calls pile up"] else "they stay few"


def most_comparisons(length: int) -> Any:
    """Sort a chain of so many nodes; return how often one node is compared with another, at most.

    A program that looks for nodes in a list compares each with all others. So does one that looks
    for their ids there: in the module, ``id`` gives numbers that count comparisons.
    """
    nodes = [Compared(_scattered(i)) for i in range(length)]
    for parent, node in pairwise(nodes):
        node.parents = (parent,)
    names, own = vars(module), vars(module).get("id")
    _CountedId.counts.clear()
    if own is None:
        names["id"] = lambda thing: _CountedId(id(thing))
    try:
        module.topological_sort(nodes[-1])
    except _EnoughError:
        return ENOUGH
    except ValueError:
        return "ValueError"
    finally:
        if own is None:
            del names["id"]
    return max(max(node.comparisons, _CountedId.counts[id(node)]) for node in nodes)


def sorted_values(root: Any) -> Any:
    """Sort, and return the list as a tuple; if it is not a list, return its type in words."""
    order = topological_sort(root)
    return tuple(order) if type(order) is list else _kind(order)


def names_in_order(graph: dict[str, list[str]]) -> Any:
    """Sort a graph, given as node -> parents, parents first; return the names in that order.

    The nodes are the parents of one more, since sorting starts at one node. A result that is not a
    list is returned as it is, and so is what is not a node of the graph.
    """
    nodes = _built(graph | {"": list(graph)}, {}, "plain")
    names = {id(node): name for name, node in zip(graph, nodes, strict=False)}
    order = topological_sort(nodes[-1])
    if type(order) is not list:
        return order
    return [names.get(id(node), node) for node in order if node is not nodes[-1]]


def changes(graph: dict[str, list[str]]) -> Any:
    """Sort a graph, and count the nodes with other parents or other attributes afterwards."""
    nodes = _built(graph, {}, "plain")
    parents = [list(node.parents) for node in nodes]
    names = [sorted(vars(node)) for node in nodes]
    try:
        topological_sort(nodes[-1])
    except ValueError:
        return "ValueError"
    return {
        "nodes with other parents": sum(
            list(map(id, node.parents)) != list(map(id, before))
            for node, before in zip(nodes, parents, strict=True)
        ),
        "nodes with new attributes": sum(
            sorted(vars(node)) != before for node, before in zip(nodes, names, strict=True)
        ),
    }


def _built(graph: dict[str, list[str]], data: dict[str, float], kind: str) -> list[Node]:
    nodes = {name: KINDS[kind](data.get(name, _scattered(i))) for i, name in enumerate(graph)}
    for name, parents in graph.items():
        nodes[name].parents = [nodes[parent] for parent in parents]
    return list(nodes.values())


def _scattered(i: int) -> float:
    """Return another number for every i up to 100 000, neither rising nor falling with i."""
    return float(i * 64729 % 104729)


def _piled_up() -> bool:
    return Watching.deepest >= _depth() + 200


def _kind(result: Any) -> str:
    return "None" if result is None else f"an object of type {type(result).__name__}"


def _facts(nodes: list[Any]) -> Any:
    try:
        order = topological_sort(nodes[-1])
    except ValueError:
        return "ValueError"
    if type(order) is not list:
        return _kind(order)
    places: dict[int, int] = {}
    for place, node in enumerate(order):
        places.setdefault(id(node), place)
    late, distinct = len(order), {id(node): node for node in order}
    return {
        "listed": len(order),
        "listed again": len(order) - len(distinct),
        "parents first": all(
            places.get(id(parent), late) < places[id(node)]
            for node in distinct.values()
            for parent in getattr(node, "parents", ())
        ),
        "behind the root": len(order) - 1 - places.get(id(nodes[-1]), -1),
    }
