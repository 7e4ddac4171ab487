"""Draw an order on a graph: a number at each node, and the lines that point backwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .boxes import BoxContent, Edge, Plan, shorten
from .canvas import Canvas
from .graphs import DRAWN_AT_MOST, FRAMES, HEAD
from .nodes import Graph, read_graph
from .picture import Frame, Picture

ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def order_on_graph(
    root: Any,
    order: Sequence[Any] | Callable[[Any], Sequence[Any]],
    names: Mapping[str, Any] | None = None,
    title: str = "",
) -> Picture:
    """Draw the graph of `root` with each node's place in a list of its nodes.

    A line from a parent to a child is wrong if the parent is not before the child. Each frame adds
    one entry of the list; the last shows all of it.

    Args:
        root: the last node: a Value, or anything with `parents`.
        order: a list of nodes, or a function that returns it for the root. Entries that are not
            nodes of this graph are counted.
        names: names of nodes, name -> node; the others get letters.
        title: the picture's title; by default "An order of the graph".

    Raises `ValueError` for a graph of more than 24 nodes or with a cycle.
    """
    graph = read_graph(root, names)
    if len(graph.nodes) > DRAWN_AT_MOST:
        raise ValueError(
            f"an order is drawn on {DRAWN_AT_MOST} nodes at most, not on {len(graph.nodes)}"
        )
    entries = order(root) if callable(order) else order
    listed = [graph.number(it) for it in entries]
    drawing = _OrderDrawing(graph)
    frames = [
        Frame(drawing.canvas(listed[: count + 1], listed[count]), drawing.describe(listed, count))
        for count in range(min(len(listed), FRAMES - 1))
    ]
    findings = drawing.findings(listed)
    if [node.parents for node in read_graph(root).nodes] != [n.parents for n in graph.nodes]:
        findings.append("The sort has changed the parents of nodes.")
    verdict = " ".join(findings) or "Each node once, every parent before its children: right."
    frames.append(Frame(drawing.canvas(listed, None), verdict))
    names_in_order = [graph.nodes[i].name if i is not None else "?" for i in listed]
    return Picture(
        title=title or "An order of the graph",
        description=(
            f"A graph of {len(graph.nodes)} nodes: {drawing.formulas()}. "
            f"The order is {', '.join(names_in_order) or 'empty'}. {verdict}"
        ),
        frames=frames,
        numbers={"order": names_in_order, "places": drawing.places_by_name(listed),
                 "backwards": drawing.backwards(listed), "findings": findings},
    )  # fmt: skip


class _OrderDrawing:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.plan = Plan([node.parents for node in graph.nodes], 1)

    def canvas(self, listed: Sequence[int | None], current: int | None) -> Canvas:
        """Draw the graph with the positions of the nodes that are listed so far."""
        canvas = self.plan.canvas()
        places = _places(listed)
        edges = []
        for child, node in enumerate(self.graph.nodes):
            for parent in node.parents:
                if _backwards(places, parent, child):
                    edges.append(Edge(parent, child, "wrong", "wrong thick dashed",
                                      "wrong strong"))  # fmt: skip
                else:
                    both = parent in places and child in places
                    edges.append(Edge(parent, child, "", "ink thick" if both else "muted"))
        self.plan.draw_edges(canvas, edges)
        for number, node in enumerate(self.graph.nodes):
            own = places.get(number, [])
            words = _ordinals(own) if own else "not listed"
            head = self.graph.formula(number)
            head = head if len(head) <= HEAD else shorten(f"{node.name}: {node.op or 'f'}", HEAD)
            bad = len(own) > 1 or (not own and current is None)
            kind = "wrong thick dashed" if bad else "ink thick" if own else "frame"
            text_kind = "wrong strong" if bad else "ink strong" if own else "muted"
            above = "listed now" if number == current else ""
            content = BoxContent(head, [(words, text_kind)], kind, above, number == current)
            self.plan.box(canvas, number, content)
        return canvas

    def describe(self, listed: Sequence[int | None], count: int) -> str:
        """Return a sentence on one entry of the list."""
        place, number = _ordinal(count + 1), listed[count]
        if number is None:
            return f"The {place} is not a node of this graph."
        node = self.graph.nodes[number]
        if number in listed[:count]:
            return f"The {place} is {node.name}, once more."
        names = [self.graph.nodes[p].name for p in dict.fromkeys(node.parents)]
        late = [self.graph.nodes[p].name for p in dict.fromkeys(node.parents)
                if p not in listed[:count]]  # fmt: skip
        if late:
            verb = "is" if len(late) == 1 else "are"
            return (
                f"The {place} is {node.name}, but {' and '.join(late)}, of which it was computed, "
                f"{verb} not listed yet."
            )
        if not names:
            return f"The {place} is {node.name}: it was computed from nothing."
        return f"The {place} is {node.name}, after {' and '.join(names)}."

    def findings(self, listed: Sequence[int | None]) -> list[str]:
        """Return what is wrong with the order, in sentences."""
        places = _places(listed)
        names = [node.name for node in self.graph.nodes]
        missing = [name for i, name in enumerate(names) if i not in places]
        twice = [f"{names[i]} ({_ordinals(p)})" for i, p in places.items() if len(p) > 1]
        strangers = sum(number is None for number in listed)
        findings = [f"{child} is before its parent {parent}."
                 for parent, child in self.backwards(listed)]  # fmt: skip
        if missing:
            findings.append(f"Not listed: {', '.join(missing)}.")
        if twice:
            findings.append(f"Listed more than once: {', '.join(twice)}.")
        if strangers:
            findings.append(f"{strangers} entries of the list are not nodes of this graph.")
        return findings

    def backwards(self, listed: Sequence[int | None]) -> list[tuple[str, str]]:
        """Return the pairs (parent, child) in which the child is first."""
        places = _places(listed)
        nodes = self.graph.nodes
        return [
            (nodes[parent].name, node.name)
            for child, node in enumerate(nodes)
            for parent in dict.fromkeys(node.parents)
            if _backwards(places, parent, child)
        ]

    def places_by_name(self, listed: Sequence[int | None]) -> dict[str, list[int]]:
        """Return each node's positions in the list, counted from 1."""
        places = _places(listed)
        return {node.name: places.get(i, []) for i, node in enumerate(self.graph.nodes)}

    def formulas(self) -> str:
        """Return how all nodes were computed."""
        return ", ".join(self.graph.formula(i) for i in range(len(self.graph.nodes)))


def _places(listed: Sequence[int | None]) -> dict[int, list[int]]:
    """Return the positions of each node, counted from 1."""
    places: dict[int, list[int]] = {}
    for place, number in enumerate(listed, 1):
        if number is not None:
            places.setdefault(number, []).append(place)
    return places


def _backwards(places: Mapping[int, Sequence[int]], parent: int, child: int) -> bool:
    """Return whether a child is listed before its parent, or without it."""
    return child in places and (parent not in places or places[parent][0] > places[child][0])


def _ordinal(place: int) -> str:
    return f"{place}{'th' if 10 < place % 100 < 20 else ORDINALS.get(place % 10, 'th')}"


def _ordinals(places: Sequence[int]) -> str:
    words = ", ".join(_ordinal(place) for place in places[:3])
    return words + (", …" if len(places) > 3 else "")
