"""Functions that run beside the learner's topological_sort and say what is true of its answers."""

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from .topological_sort import topological_sort

ENOUGH = 1000


class Node:
    """A node that is no Value: all it has in common with one is ``data`` and ``parents``."""

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


class Counting(Node):
    """A node that counts how often its parents are asked for, and gives up at ``ENOUGH``."""

    def __init__(self, data: float) -> None:
        """Make a node without parents, which nobody has asked for yet."""
        self.reads = 0
        super().__init__(data)

    @property
    def parents(self) -> Sequence[Any]:  # type: ignore[override]
        """Return the parents and count it."""
        self.reads += 1
        if self.reads >= ENOUGH:
            raise _EnoughError
        return self.kept

    @parents.setter
    def parents(self, parents: Sequence[Any]) -> None:
        self.kept = parents


class Watching(Node):
    """A node that looks, now and then when its parents are asked for, how deep the calls are."""

    reads = 0
    deepest = 0

    @property
    def parents(self) -> Sequence[Any]:  # type: ignore[override]
        """Return the parents, and at every hundredth reading note the depth of the calls."""
        Watching.reads += 1
        if Watching.reads % 100 == 0:
            Watching.deepest = max(Watching.deepest, _depth())
        return self.kept

    @parents.setter
    def parents(self, parents: Sequence[Any]) -> None:
        self.kept = parents


def _depth() -> int:
    """Return how many calls are open."""
    frame, depth = sys._getframe(), 0
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    return depth


class _EnoughError(Exception):
    pass


KINDS: dict[str, Callable[[float], Node]] = {
    "plain": Node,
    "equal": Equal,
    "unhashable": Unhashable,
}


def facts(
    graph: dict[str, list[str]], data: dict[str, float] | None = None, kind: str = "plain"
) -> Any:
    """Sort a graph, given as node -> parents with the root last, and say what the answer is like.

    An answer that is no list comes back as it is; instead of a ValueError its name comes back.
    """
    return _facts(_built(graph, data or {}, kind))


def sorted_values(root: Any) -> Any:
    """Sort, and hand out the list as a tuple; an answer that is no list comes back as it is."""
    order = topological_sort(root)
    return tuple(order) if type(order) is list else order


def names_in_order(graph: dict[str, list[str]]) -> Any:
    """Sort a graph, given as node -> parents, parents first; return the names in that order.

    The nodes hang on one more, since sorting starts at one node. An answer that is no list comes
    back as it is, and so does what is no node of the graph.
    """
    nodes = _built(graph | {"": list(graph)}, {}, "plain")
    names = {id(node): name for name, node in zip(graph, nodes, strict=False)}
    order = topological_sort(nodes[-1])
    if type(order) is not list:
        return order
    return [names.get(id(node), node) for node in order if node is not nodes[-1]]


def facts_of_chain(length: int) -> Any:
    """Sort a chain of so many nodes, each the only parent of the next.

    Whatever limit the module has set for recursion, Python's usual one holds here.
    """
    sys.setrecursionlimit(1000)
    nodes = [Node(float(i)) for i in range(length)]
    for parent, node in pairwise(nodes):
        node.parents = (parent,)
    return _facts(nodes)


def piling_of_calls(length: int) -> Any:
    """Sort a chain of so many nodes; say whether calls pile up inside calls on the way."""
    sys.setrecursionlimit(1000)
    nodes = [Watching(float(i)) for i in range(length)]
    for parent, node in pairwise(nodes):
        node.parents = (parent,)
    Watching.reads, Watching.deepest = 0, 0
    try:
        order = topological_sort(nodes[-1])
    except ValueError:
        return "ValueError"
    if type(order) is not list:
        return order
    return "they stay few" if Watching.deepest < _depth() + 200 else "they pile up"


def most_reads(doublings: int) -> Any:
    """Sort a node that was doubled so often; return how often one node's parents were read."""
    nodes = [Counting(float(i)) for i in range(doublings + 1)]
    for parent, node in pairwise(nodes):
        node.parents = (parent, parent)
    try:
        topological_sort(nodes[-1])
    except _EnoughError:
        return ENOUGH
    except ValueError:
        return "ValueError"
    return max(n.reads for n in nodes)


def changes(graph: dict[str, list[str]]) -> Any:
    """Sort a graph, and say whether its nodes are the same afterwards as they were before."""
    nodes = _built(graph, {}, "plain")
    parents = [list(node.parents) for node in nodes]
    names = [sorted(vars(node)) for node in nodes]
    try:
        topological_sort(nodes[-1])
    except ValueError:
        return "ValueError"
    return {
        "parents changed": any(
            list(map(id, node.parents)) != list(map(id, before))
            for node, before in zip(nodes, parents, strict=True)
        ),
        "attributes added": [sorted(vars(node)) for node in nodes] != names,
    }


def _built(graph: dict[str, list[str]], data: dict[str, float], kind: str) -> list[Node]:
    nodes = {name: KINDS[kind](data.get(name, float(i))) for i, name in enumerate(graph)}
    for name, parents in graph.items():
        nodes[name].parents = [nodes[parent] for parent in parents]
    return list(nodes.values())


def _facts(nodes: list[Node]) -> Any:
    try:
        order = topological_sort(nodes[-1])
    except ValueError:
        return "ValueError"
    if type(order) is not list:
        return order
    places: dict[int, int] = {}
    for place, node in enumerate(order):
        places.setdefault(id(node), place)
    late = len(order)
    return {
        "listed": len(order),
        "each once": len(places) == len(order),
        "parents first": all(
            places.get(id(parent), late) < places[id(node)]
            for node in order
            for parent in getattr(node, "parents", ())
        ),
        "root last": bool(order) and order[-1] is nodes[-1],
    }
