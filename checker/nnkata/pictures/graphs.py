"""Draw computation graphs: the data, gradient and local slopes of nodes, and the backward pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .boxes import BoxContent, Edge, Plan, number_text, shorten
from .canvas import Canvas
from .layers import compute_longest_paths
from .nodes import Graph, close, gradients, read_graph, real, right_slopes
from .picture import Frame, Picture

DRAWN_AT_MOST = 24
FRAMES = 24
HEAD = 12
EDGE_LEGEND = (
    "At a line: the local derivative, d child / d parent. While a node pushes: what it adds."
)


@dataclass(frozen=True)
class Step:
    """One step of a backward pass.

    Attributes:
        node: the node that pushes; None for a state between pushes, such as the start.
        grads: all gradients after the step, in the order of the graph (parents first).
        words: the caption of a state.
        right: the right gradients of a state, if they are known.
    """

    node: Any
    grads: Sequence[float | None]
    words: str = ""
    right: Sequence[float | None] = ()


@dataclass
class Walk:
    """The steps of a backward pass, and the caption of its end."""

    steps: Sequence[Step]
    ending: str = ""


@dataclass
class FrameStyle:
    """The content of one frame: the numbers in the nodes and at the edges, and the marks.

    `shares` has the text at an edge in place of its slope, and whether it is wrong.
    """

    grads: Sequence[float | None]
    right: Sequence[float | None] = ()
    pushing: int | None = None
    shares: Mapping[tuple[int, int], tuple[str, bool]] = field(default_factory=dict)
    changed: frozenset[int] = frozenset()


def computation_graph(
    root: Any,
    right: Mapping[Any, float] | Iterable[tuple[Any, float]] | None = None,
    names: Mapping[str, Any] | None = None,
    *,
    data: Mapping[str, float] | None = None,
    walk: Walk | Sequence[Step] | None = None,
    title: str = "",
) -> Picture:
    """Draw the graph that `root` was computed from, and the backward pass of the gradients.

    Each box is a node with its op, `data` and `grad`; each line leads from a parent to its child
    and shows the local derivative. The first frames show the backward pass; the last shows the
    gradients of the nodes.

    Args:
        root: the last node: a Value, or anything with `parents`, `data`, `grad`, `op`, `slopes`.
        right: the right gradients, node -> number or pairs of them, such as
            `gradients_from_slopes(root)`. Where `grad` differs, it is marked.
        names: names of nodes, name -> node; the others get letters.
        data: the right `data` of some of the named nodes; where it differs, it is marked.
        walk: the steps as they happened; by default the right ones, computed from the slopes.
        title: the picture's title; by default "The graph of …".

    Of a graph of more than 24 nodes the last 24 are drawn. Raises `ValueError` for a graph with a
    cycle or with more than 5000 nodes.
    """
    graph = read_graph(root, names)
    pairs = right.items() if isinstance(right, Mapping) else right or ()
    known = {id(it): float(number) for it, number in pairs}
    wanted = [known.get(id(node.it)) for node in graph.nodes]
    exact = [(data or {}).get(node.name) for node in graph.nodes]
    grads = [node.grad for node in graph.nodes]
    if not isinstance(walk, Walk):
        walk = Walk(pushes(graph) if walk is None else walk)
    styles = list(_styles(graph, walk.steps, wanted))
    styles.append((FrameStyle(grads, wanted), ""))
    room = any(any(_differ(style.grads, style.right)) for style, _ in styles)
    drawing = GraphDrawing(graph, exact, room)
    frames = [Frame(drawing.canvas(style), words) for style, words in styles
              if style.pushing is None or style.pushing in drawing.shown]  # fmt: skip
    lost = [name for name, it in (names or {}).items() if graph.number(it) is None]
    verdict = f"{walk.ending} {drawing.verdict(wanted, lost)}".strip()
    frames = [*frames[:-1][: FRAMES - 1], Frame(frames[-1].canvas, verdict)]
    return Picture(
        title=title or f"The graph of {shorten(graph.formula(len(graph.nodes) - 1), 30)}",
        description=f"{drawing.words(wanted)} {verdict}",
        frames=frames,
        numbers={
            "data": {n.name: n.data for n in graph.nodes},
            "grad": {n.name: n.grad for n in graph.nodes},
            "slopes": {n.name: list(n.slopes) for n in graph.nodes if n.parents},
            "right": {graph.nodes[i].name: w for i, w in enumerate(wanted) if w is not None},
            "wrong": [graph.nodes[i].name for i, w in enumerate(_differ(grads, wanted)) if w],
        },
    )  # fmt: skip


class GraphDrawing:
    """A graph with its layout, drawn once per frame with different numbers."""

    def __init__(self, graph: Graph, exact: Sequence[float | None], room: bool) -> None:
        """Lay out a graph; `exact` is the right data; `room` adds a line for right grads."""
        self.graph = graph
        self.exact = exact
        self.shown = last_nodes(graph)
        lines = 2 + room + any(self._data_is_wrong(i) for i in range(len(graph.nodes)))
        self.plan = Plan([self._drawn_parents(i) for i in self.shown], lines, EDGE_LEGEND)
        self.slopes = [right_slopes(graph, i) for i in range(len(graph.nodes))]

    @property
    def left_out(self) -> int:
        """The number of nodes that are not drawn."""
        return len(self.graph.nodes) - len(self.shown)

    def _drawn_parents(self, number: int) -> list[int]:
        place = {n: i for i, n in enumerate(self.shown)}
        return [place[p] for p in self.graph.nodes[number].parents if p in place]

    def _data_is_wrong(self, number: int) -> bool:
        exact = self.exact[number]
        return exact is not None and not close(self.graph.nodes[number].data, exact)

    def canvas(self, style: FrameStyle) -> Canvas:
        """Draw one frame."""
        canvas = self.plan.canvas()
        edges = []
        for place, number in enumerate(self.shown):
            edges_here = [(k, p) for k, p in enumerate(self.graph.nodes[number].parents)
                    if p in self.shown]  # fmt: skip
            if len(edges_here) < len(self.graph.nodes[number].parents):
                self.plan.open_end(canvas, place)
            edges += [
                self._edge(number, k, place, self.shown.index(p), style) for k, p in edges_here
            ]
        self.plan.draw_edges(canvas, edges)
        for place, number in enumerate(self.shown):
            self._box(canvas, place, number, style)
        return canvas

    def _edge(self, number: int, k: int, place: int, parent: int, style: FrameStyle) -> Edge:
        share = style.shares.get((number, k))
        if share is not None:
            words, wrong = share
            kind = "wrong strong" if wrong else "ink strong"
            return Edge(parent, place, words, "second thick", kind, back=True)
        slope = self.graph.nodes[number].slopes[k]
        known = self.slopes[number]
        if known is not None and not close(slope, known[k]):
            words = f"{number_text(slope)}\nnot {number_text(known[k])}"
            return Edge(parent, place, words, "wrong dashed", "wrong strong")
        return Edge(parent, place, number_text(slope), "muted", "muted")

    def _box(self, canvas: Canvas, place: int, number: int, style: FrameStyle) -> None:
        node = self.graph.nodes[number]
        wrong = is_wrong(style.grads[number], style.right[number] if style.right else None)
        pushing = number == style.pushing
        kind = "frame"
        if pushing:
            kind = "second thick"
        elif wrong or self._data_is_wrong(number):
            kind = "wrong thick dashed"
        elif number in style.changed:
            kind = "ink thick"
        words = [f"data {number_text(node.data)}", f"grad {number_text(style.grads[number])}"]
        kinds = ["ink", "ink strong" if number in style.changed else "ink"]
        if self._data_is_wrong(number):
            words[0], kinds[0] = f"data {number_text(node.data)}", "wrong strong"
            words.insert(1, f"right: {number_text(self.exact[number])}")
            kinds.insert(1, "right strong")
        if wrong:
            kinds[-1] = "wrong strong"
            words.append(f"right: {number_text(style.right[number])}")
            kinds.append("right strong")
        head = self.graph.formula(number)
        if len(head) > HEAD:
            head = shorten(f"{node.name}: {node.op or 'f'}", HEAD)
        top = "pushes" if pushing else ""
        lines = list(zip(words, kinds, strict=True))
        self.plan.box(canvas, place, BoxContent(head, lines, kind, top, pushing))

    def words(self, right: Sequence[float | None]) -> str:
        """Return a description of the graph, node by node."""
        sentences = [f"A graph of {len(self.graph.nodes)} nodes, each computed from its parents."]
        if self.left_out:
            sentences.append(f"Only the last {len(self.shown)} are drawn.")
        sentences += [self._sentence(number, right[number]) for number in self.shown]
        return " ".join(sentences)

    def _sentence(self, number: int, right: float | None) -> str:
        node = self.graph.nodes[number]
        parts = [f"data {number_text(node.data)}"]
        if self._data_is_wrong(number):
            parts[0] += f" (right: {number_text(self.exact[number])})"
        grad = f"grad {number_text(node.grad)}"
        parts.append(
            grad + (f" (right: {number_text(right)})" if is_wrong(node.grad, right) else "")
        )
        known = self.slopes[number]
        for k, parent in enumerate(node.parents):
            text = (
                f"local derivative {number_text(node.slopes[k])} to {self.graph.nodes[parent].name}"
            )
            if known is not None and not close(node.slopes[k], known[k]):
                text += f" (right: {number_text(known[k])})"
            parts.append(text)
        return f"{self.graph.formula(number)}: {', '.join(parts)}."

    def verdict(self, right: Sequence[float | None], lost: Sequence[str]) -> str:
        """Return a sentence on wrong gradients and on named nodes that are not in the graph."""
        nodes = self.graph.nodes
        differ = _differ([n.grad for n in nodes], right)
        wrong = [i for i in reversed(range(len(nodes))) if differ[i]]  # as gradients flow
        words = []
        if wrong:
            listed = "; ".join(
                f"{nodes[i].name} has {number_text(nodes[i].grad)}, "
                f"expected {number_text(right[i])}"
                for i in wrong[:4]
            )
            words.append(f"Wrong gradients: {listed}{' …' if len(wrong) > 4 else ''}.")
        elif any(number is not None for number in right):
            words.append("All gradients that are known are right.")
        if lost:
            words.append(f"No path leads from {nodes[-1].name} back to {', '.join(lost)}.")
        return " ".join(words)


def last_nodes(graph: Graph) -> list[int]:
    """Return the nodes to draw: all, or those closest to the last one, with all their children."""
    if len(graph.nodes) <= DRAWN_AT_MOST:
        return list(range(len(graph.nodes)))
    far = compute_longest_paths([node.parents for node in graph.nodes])
    nearest = sorted(range(len(far)), key=lambda i: (far[i], -i))[:DRAWN_AT_MOST]
    return sorted(nearest)


def is_wrong(number: float | None, right: float | None) -> bool:
    """Return whether a number differs from the right one, if that is known."""
    return right is not None and not close(number, right)


def pushes(graph: Graph, upstream: float = 1.0) -> list[Step]:
    """Return the steps of the right backward pass, from the nodes' slopes and zero gradients."""
    grads: list[float | None] = [0.0] * len(graph.nodes)
    grads[-1] = upstream
    steps = [_beginning(graph, grads)]
    for number in reversed(range(len(graph.nodes))):
        node = graph.nodes[number]
        for parent, slope in zip(node.parents, node.slopes, strict=True):
            before, own = grads[parent], grads[number]
            missing = before is None or own is None or slope is None
            grads[parent] = None if missing else before + slope * own  # type: ignore[operator]
        if node.parents:
            steps.append(Step(node.it, list(grads)))
    return steps


def push_through(root: Any, upstream: float = 1.0) -> list[Step]:
    """Call `push` of every node, children before parents, and return the steps.

    All gradients start at 0.0, and the root's at `upstream`. This changes `grad`.
    """
    graph = read_graph(root)
    nodes = [node for node in graph.nodes if node.grad is not None]
    for node in nodes:
        node.it.grad = 0.0
    root.grad = upstream
    steps = [_beginning(graph, _grads(graph))]
    for node in reversed(nodes):
        if node.parents:
            node.it.push()
            steps.append(Step(node.it, _grads(graph)))
    return steps


def _beginning(graph: Graph, grads: Sequence[float | None]) -> Step:
    last = graph.nodes[-1].name
    words = (
        f"At the start {last} has grad {number_text(grads[-1])}. "
        "Each line shows its local derivative."
    )
    return Step(None, list(grads), words)


def _grads(graph: Graph) -> list[float | None]:
    return [None if n.grad is None else real(n.it.grad) for n in graph.nodes]


def _styles(
    graph: Graph, steps: Sequence[Step], right: Sequence[float | None]
) -> Iterator[tuple[FrameStyle, str]]:
    """Yield the content and the caption of each step's frame; leaves have nothing to push."""
    begin = steps[0].grads[-1] if steps and steps[0].node is None else None
    upstream = 1.0 if begin is None else begin
    final = [
        r if r is not None else g for r, g in zip(right, gradients(graph, upstream), strict=True)
    ]
    before: Sequence[float | None] = [0.0] * (len(graph.nodes) - 1) + [upstream]
    numbers = [graph.number(step.node) for step in steps]
    pushed = [n is not None and not graph.nodes[n].is_leaf for n in numbers]
    for count, (step, number) in enumerate(zip(steps, numbers, strict=True)):
        if step.node is None:
            yield FrameStyle(step.grads, step.right), step.words
        elif number is not None and pushed[count]:
            style, words = _step(graph, number, before, step.grads, final[number])
            yield style, f"Push {sum(pushed[: count + 1])} of {sum(pushed)}: {words}"
        before = list(step.grads)


def _step(
    graph: Graph, number: int, before: Sequence[float | None], after: Sequence[float | None],
    right: float,
) -> tuple[FrameStyle, str]:  # fmt: skip
    """Return the content and the caption of the frame for a push."""
    node, own = graph.nodes[number], before[number]
    parts = [None if s is None or own is None else s * own for s in node.slopes]
    shares, wrong = {}, []
    for parent in dict.fromkeys(node.parents):
        edges = [k for k, p in enumerate(node.parents) if p == parent]
        then, now = before[parent], after[parent]
        due = [part for k in edges if (part := parts[k]) is not None]
        got = None if then is None or now is None else now - then
        fine = len(due) == len(edges) and close(got, sum(due))
        for k in edges:
            shares[number, k] = (_with_sign(parts[k]) if fine else "", False)
        if not fine:
            shares[number, edges[0]] = (f"{_with_sign(got)}\nnot {_with_sign(sum(due))}", True)
            wrong.append(f"{graph.nodes[parent].name} should get {_with_sign(sum(due))}")
    changed = frozenset(i for i in range(len(after)) if not close(before[i], after[i]))
    early = "" if close(own, right) else f", and {number_text(right)} would be right"
    parts_text = ", ".join(
        f"{number_text(slope)} · {number_text(own)} = {number_text(part)} to {graph.nodes[p].name}"
        for slope, part, p in zip(node.slopes, parts, node.parents, strict=True)
    )
    words = f"{node.name} has grad {number_text(own)}{early}. It pushes {parts_text}."
    if wrong:
        words += f" This is wrong: {'; '.join(wrong)}."
    expected = [right if i == number else None for i in range(len(after))]
    return FrameStyle(after, expected, number, shares, changed), words


def _with_sign(number: float | None) -> str:
    text = number_text(number)
    return text if number is None or text.startswith("−") else f"+{text}"


def _differ(numbers: Sequence[float | None], right: Sequence[float | None]) -> list[bool]:
    return [is_wrong(number, one) for number, one in zip(numbers, right, strict=False)]
