"""Read a computation graph backwards from its result.

The nodes are objects of a learner's class `Value`, or proxies of such objects in the worker. Only
public attributes are used: `parents`, and `data`, `grad`, `op` and `slopes` if a node has them. A
slope is the derivative of a node with respect to one parent. `push()` is a node's local backward
step: it adds slope · grad to the grad of each parent. If a node has this method but no slopes, the
slopes are measured by calling it, which changes gradients temporarily. Nodes are compared by
identity.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

READ_AT_MOST = 5000
"""The maximum number of nodes of a graph."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST_NAME = 8
BINARY = {"+", "-", "*", "/"}


@dataclass(frozen=True)
class GraphNode:
    """The attributes of one node; `parents` holds the indices of its parents in the graph.

    An attribute that is not a number is None here, and so is a missing slope.
    """

    it: Any
    name: str
    op: str
    data: float | None
    grad: float | None
    parents: tuple[int, ...]
    slopes: tuple[float | None, ...]
    measured: bool = False
    """Whether the slopes were measured by a push, since the node does not store them."""

    @property
    def is_leaf(self) -> bool:
        """Whether it has no parents."""
        return not self.parents


@dataclass(frozen=True)
class Graph:
    """The nodes of a graph: parents before their children, the last computed from all others."""

    nodes: list[GraphNode]

    def number(self, it: Any) -> int | None:
        """Return the index of an object, or None if it is not a node of this graph."""
        return next((i for i, node in enumerate(self.nodes) if node.it is it), None)

    def by_name(self) -> dict[str, GraphNode]:
        """Return the nodes by their names."""
        return {node.name: node for node in self.nodes}

    def formula(self, number: int) -> str:
        """Return how a node was computed, with its parents' names."""
        node = self.nodes[number]
        names = [self.nodes[p].name for p in node.parents]
        if not names:
            return node.name
        if node.op in BINARY and len(names) == 2:
            return f"{node.name} = {names[0]} {node.op} {names[1]}"
        if node.op == "neg":
            return f"{node.name} = -{names[0]}"
        if node.op.startswith("**"):
            return f"{node.name} = {names[0]} ** {node.op[2:] or _exponent(self, node)}".rstrip()
        return f"{node.name} = {node.op or 'f'}({', '.join(names)})"


def read_graph(root: Any, names: Mapping[str, Any] | None = None) -> Graph:
    """Return the graph of everything that `root` was computed from.

    Args:
        root: a Value, or anything with `parents`.
        names: names of some nodes, name -> node; the others get letters.

    Raises:
        ValueError: the graph has a cycle, more than `READ_AT_MOST` nodes, or parents that cannot be
            iterated, or are a string.
    """
    order, parents_of = _sort_nodes(root)
    number = {id(it): i for i, it in enumerate(order)}
    given = {id(it): name[:LONGEST_NAME] for name, it in (names or {}).items()}
    letters = _letters(set(given.values()))
    nodes = []
    for it in order:
        parents = tuple(number[id(parent)] for parent in parents_of[id(it)])
        plain = _is_plain(it)
        op = getattr(it, "op", "") if not plain else ""
        nodes.append(
            GraphNode(
                it=it,
                name=given.get(id(it)) or next(letters),
                op=op[:LONGEST_NAME] if isinstance(op, str) else "",
                data=real(it if plain else getattr(it, "data", None)),
                grad=None if plain else real(getattr(it, "grad", None)),
                parents=parents,
                slopes=_slopes(it, len(parents)) if parents else (),
            )
        )
    return _with_measured_slopes(Graph(nodes))


def gradients_from_slopes(root: Any) -> list[tuple[Any, float]]:
    """Return (node, d(root)/d(node)) for root and its ancestors, parents first.

    They are computed from the nodes' slopes (local derivatives) by reverse accumulation, without
    reading `grad`. If a slope is missing, the gradients of all ancestors are nan.
    """
    graph = read_graph(root)
    return [(n.it, g) for n, g in zip(graph.nodes, gradients(graph), strict=True)]


def gradients(graph: Graph, upstream: float = 1.0) -> list[float]:
    """Return d(last)/d(node) · upstream for each node of a graph, from its slopes."""
    result = [0.0] * len(graph.nodes)
    result[-1] = upstream
    for number in reversed(range(len(graph.nodes))):
        node = graph.nodes[number]
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            result[parent] += math.nan if slope is None else slope * result[number]
    return result


def right_slopes(graph: Graph, number: int) -> tuple[float, ...] | None:
    """Return the slopes that a node should have, by its op and the data of its parents.

    None if the op is unknown, or the data of the node does not fit it.
    """
    node = graph.nodes[number]
    at = [graph.nodes[p].data for p in node.parents]
    y = node.data
    if y is None or any(x is None for x in at):
        return None
    try:
        known = _compute(node.op, [x for x in at if x is not None], y)
    except (ArithmeticError, ValueError):
        return None
    if known is None or not close(known[0], y) or len(known[1]) != len(node.parents):
        return None
    return known[1]


def close(one: float | None, other: float | None) -> bool:
    """Return whether two numbers are equal up to rounding."""
    if one is None or other is None:
        return one is other
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _compute(op: str, at: list[float], y: float) -> tuple[float, tuple[float, ...]] | None:
    """Return the result and the slopes of an operation at some numbers."""
    if len(at) == 2 and op in BINARY:
        a, b = at
        if op in "+-":
            sign = 1.0 if op == "+" else -1.0
            return a + sign * b, (1.0, sign)
        return (a * b, (b, a)) if op == "*" else (a / b, (1 / b, -a / b / b))
    if len(at) != 1:
        return None
    x = at[0]
    if op == "neg":
        return -x, (-1.0,)
    if op == "tanh":
        return math.tanh(x), (1 - math.tanh(x) ** 2,)
    if op == "exp":
        return math.exp(x), (math.exp(x),)
    if op == "log":
        return math.log(x), (1 / x,)
    if op == "relu":
        return max(x, 0.0), (1.0 if x > 0 else 0.0,)
    if op == "sigmoid":
        s = 1 / (1 + math.exp(-x))
        return s, (s * (1 - s),)
    if op.startswith("**"):
        k = _power(x, y)
        return None if k is None else (y, (k * y / x,))
    return None


def _power(x: float, y: float) -> float | None:
    """Return k with x ** k = y, or None if it is not unique."""
    if x == 0 or y == 0 or abs(x) == 1:
        return None
    k = math.log(abs(y)) / math.log(abs(x))
    k = float(round(k)) if abs(k - round(k)) < 1e-9 else k
    if x < 0 and not (k.is_integer() and (y < 0) == (k % 2 == 1)):
        return None
    return k if x < 0 or y > 0 else None


def _exponent(graph: Graph, node: GraphNode) -> str:
    x, y = graph.nodes[node.parents[0]].data, node.data
    k = None if x is None or y is None else _power(x, y)
    return "" if k is None else f"{k:.4g}"


def _sort_nodes(root: Any) -> tuple[list[Any], dict[int, list[Any]]]:
    """Return all nodes, parents first, and each one's parents by its id."""
    order: list[Any] = []
    parents_of: dict[int, list[Any]] = {}
    finished: set[int] = set()
    stack = [root]
    while stack:
        it = stack[-1]
        if id(it) not in parents_of:
            if len(parents_of) == READ_AT_MOST:
                raise ValueError(f"the graph has more than {READ_AT_MOST} nodes")
            parents_of[id(it)] = _parents(it)
            for parent in reversed(parents_of[id(it)]):  # so that the first parent is listed first
                if id(parent) in finished:
                    continue
                if id(parent) in parents_of:  # it is an ancestor of itself
                    raise ValueError("the graph has a cycle: a node is its own ancestor")
                stack.append(parent)
        else:
            stack.pop()
            if id(it) not in finished:
                finished.add(id(it))
                order.append(it)
    return order, parents_of


_NONE = object()


def _parents(it: Any) -> list[Any]:
    if _is_plain(it):
        return []
    parents = getattr(it, "parents", _NONE)
    if parents is _NONE:
        return []
    if isinstance(parents, str | bytes) or not isinstance(parents, Iterable):
        raise ValueError(
            f"the parents of a node are a {type(parents).__name__}, not a tuple of nodes"
        )
    return list(parents)


def _is_plain(it: Any) -> bool:
    """Return whether it is a number, a text or None instead of a node."""
    return it is None or isinstance(it, Real | str)


def real(number: Any) -> float | None:
    """Return a number as a float, or None for anything else."""
    return float(number) if isinstance(number, Real) else None


def _slopes(it: Any, count: int) -> tuple[float | None, ...]:
    slopes = getattr(it, "slopes", ())
    known = [real(s) for s in slopes] if isinstance(slopes, Sequence) else []
    return tuple((known + [None] * count)[:count])


def _with_measured_slopes(graph: Graph) -> Graph:
    """Measure the slopes of nodes that store none but can push: push an upstream gradient of 1.

    All gradients are restored afterwards.
    """
    silent = [
        i
        for i, node in enumerate(graph.nodes)
        if node.parents and all(s is None for s in node.slopes) and hasattr(node.it, "push")
    ]
    if not silent:
        return graph
    nodes = list(graph.nodes)
    before = [(n.it, n.it.grad) for n in nodes if not _is_plain(n.it) and hasattr(n.it, "grad")]
    try:
        for number in silent:
            nodes[number] = _measure_slopes(graph, number)
    finally:
        for it, grad in before:
            it.grad = grad
    return Graph(nodes)


def _measure_slopes(graph: Graph, number: int) -> GraphNode:
    node = graph.nodes[number]
    parents = {p: graph.nodes[p].it for p in node.parents}
    try:
        for it in parents.values():
            it.grad = 0.0
        node.it.grad = 1.0
        node.it.push()
    except (LookupError, TypeError, AttributeError, NotImplementedError):
        return node  # it cannot push: its slopes are missing
    given = {p: real(it.grad) for p, it in parents.items()}
    # A parent that occurs twice receives one sum, of which each edge gets half.
    parts = []
    for p in node.parents:
        total = given[p]
        parts.append(None if total is None else total / node.parents.count(p))
    return replace(node, slopes=tuple(parts), measured=True)


def _letters(taken: set[str]) -> Iterator[str]:
    rounds = 0
    while True:
        for letter in LETTERS:
            name = letter + (str(rounds) if rounds else "")
            if name not in taken:
                yield name
        rounds += 1
