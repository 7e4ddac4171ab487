"""Draw the imports between the components of the engine, from the source code.

    python docs/extensions/components.py > components.svg

A component is a folder of checker/nnkata, or a module that is directly in it. Nothing is imported:
the source files are parsed. Imports that are only for type checkers are left out.
"""

from __future__ import annotations

import ast
import html
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ENGINE = Path(__file__).parents[2] / "checker" / "nnkata"
LEAST_WIDTH, ROW, HIGH, GAP, LETTER = 760, 66, 28, 14, 7.4
SWEEPS = 12

Graph = dict[str, set[str]]
"""The components that each component imports."""

HEAD = """\
<svg class="components" xmlns="http://www.w3.org/2000/svg" viewBox="{}" role="img" aria-label="The \
components of the engine. An arrow leads downward from a component to one that it imports. The \
table below this picture lists all imports.">
<style>
.components {{ max-width: 100%; height: auto; font: 13px ui-monospace, monospace; }}
.components path {{ fill: none; stroke: var(--color-foreground-muted, #777); stroke-width: 1.2; }}
.components path.upward {{ stroke: #c2410c; stroke-dasharray: 5 3; }}
.components marker path {{ fill: var(--color-foreground-muted, #777); stroke: none; }}
.components rect {{ fill: var(--color-background-secondary, #f5f5f5);
  stroke: var(--color-foreground-secondary, #555); }}
.components text {{ fill: var(--color-foreground-primary, #111); text-anchor: middle; }}
</style>
<defs><marker id="tip" viewBox="0 0 6 6" refX="3" refY="3" markerWidth="6" markerHeight="6" \
orient="auto"><path d="M0 0 L6 3 L0 6 z"/></marker></defs>"""


class Box(NamedTuple):
    """The position of a component, or of a bend of an arrow: its centre and its width."""

    x: float
    y: float
    wide: float


def component_of(path: Path) -> str:
    """Return the component that a file of the engine belongs to."""
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


def files() -> dict[str, list[Path]]:
    """Return the source files of each component."""
    found: dict[str, list[Path]] = {}
    for path in sorted(ENGINE.rglob("*.py")):
        if not component_of(path).startswith("__"):
            found.setdefault(component_of(path), []).append(path)
    return found


def purpose(component: str) -> str:
    """Return the first line of a component's docstring."""
    paths = files()[component]
    path = next((p for p in paths if p.name == "__init__.py"), paths[0])
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def imported(path: Path) -> Iterator[str]:
    """Yield the parts of the engine that a file imports, by their first name."""
    inside = path.relative_to(ENGINE).parts
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        waiting += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            yield from (parts[1] for parts in names if parts[0] == "nnkata" and len(parts) > 1)
        elif isinstance(node, ast.ImportFrom):
            start = list(inside[: len(inside) - node.level]) if node.level else []
            parts = [*start, *(node.module.split(".") if node.module else [])]
            if not node.level and parts[:1] != ["nnkata"]:
                continue
            parts = parts if node.level else parts[1:]
            yield from parts[:1] or [alias.name for alias in node.names]


def imports() -> Graph:
    """Return the components that each component imports."""
    components = files()
    return {
        component: {name for path in paths for name in imported(path)}
        & set(components) - {component}
        for component, paths in components.items()
    }


def layers(graph: Graph) -> tuple[dict[str, int], set[tuple[str, str]]]:
    """Return the layer of each component, and the imports that close a cycle.

    A component is on the layer just below the lowest one that imports it, so that arrows are short.
    """
    layer: dict[str, int] = {}
    upward: set[tuple[str, str]] = set()
    open_: set[str] = set()

    def visit(component: str) -> int:
        if component not in layer:
            open_.add(component)
            upward.update((component, other) for other in graph[component] & open_)
            below = [visit(other) for other in sorted(graph[component] - open_)]
            layer[component] = 1 + max(below, default=-1)
            open_.discard(component)
        return layer[component]

    for component in sorted(graph):
        visit(component)
    for component in sorted(graph, key=layer.__getitem__, reverse=True):
        above = [layer[o] for o in graph if component in graph[o] and (o, component) not in upward]
        layer[component] = min(above, default=layer[component] + 1) - 1
    return layer, upward


def essential(graph: Graph, upward: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the imports that do not follow from other imports (the transitive reduction)."""
    down = {
        component: {o for o in others if (component, o) not in upward}
        for component, others in graph.items()
    }
    below: Graph = {}

    def reach(component: str) -> set[str]:
        if component not in below:
            below[component] = set(down[component]).union(
                *(reach(other) for other in down[component])
            )
        return below[component]

    return {
        (component, other)
        for component in down
        for other in down[component]
        if not any(other in reach(between) for between in down[component] - {other})
    }


def lay_out(
    layer: dict[str, int], arrows: set[tuple[str, str]]
) -> tuple[dict[str, Box], list[list[str]]]:
    """Return the boxes of all components and bends, and for each arrow the boxes that it connects.

    An arrow over several layers gets a bend on each layer between, so that it has room there.
    """
    rows: list[list[str]] = [[] for _ in range(max(layer.values()) + 1)]
    for component in sorted(layer):
        rows[layer[component]].append(component)
    chains = []
    for start, end in sorted(arrows):
        chain = [start]
        for level in range(layer[start] - 1, layer[end], -1):
            chain.append(f"{start}→{end}@{level}")
            rows[level].append(chain[-1])
        chains.append([*chain, end])
    near: dict[str, list[str]] = {name: [] for row in rows for name in row}
    for chain in chains:
        for one, other in itertools.pairwise(chain):
            near[one].append(other)
            near[other].append(one)
    width = max(LEAST_WIDTH, *(sum(map(wide, row)) + GAP * (len(row) + 1) for row in rows))
    boxes = {n: b for level in range(len(rows)) for n, b in spread(rows, level, width)}
    for sweep in range(SWEEPS):
        levels = range(len(rows)) if sweep % 2 else reversed(range(len(rows)))
        for level in levels:
            middle = {
                name: sum(boxes[o].x for o in near[name]) / len(near[name])
                if near[name]
                else boxes[name].x
                for name in rows[level]
            }
            rows[level].sort(key=middle.__getitem__)
            boxes.update(spread(rows, level, width, middle))
    return boxes, chains


def wide(name: str) -> float:
    """Return the width of a component's box, or of the place for a bend."""
    return GAP if "@" in name else LETTER * len(name) + 20


def spread(
    rows: list[list[str]], level: int, width: float, wanted: dict[str, float] | None = None
) -> Iterator[tuple[str, Box]]:
    """Yield the boxes of one layer from left to right, near the wanted places."""
    row = rows[level]
    y = 24 + (len(rows) - 1 - level) * ROW
    even = (width - sum(map(wide, row))) / (len(row) + 1)
    left = GAP / 2
    for place, name in enumerate(row):
        rest = sum(map(wide, row[place:])) + GAP * (len(row) - place - 1)
        start = wanted[name] - wide(name) / 2 if wanted else left - GAP + even
        start = min(max(left, start), max(left, width - GAP / 2 - rest))
        yield name, Box(start + wide(name) / 2, y, wide(name))
        left = start + wide(name) + GAP


def arrow(chain: list[str], boxes: dict[str, Box], kind: str = "") -> str:
    """Return a line from the lower edge of the first box to the upper edge of the last."""
    points = [(boxes[name].x, boxes[name].y) for name in chain]
    x, y = points[0]
    path = f"M{x:.0f} {y + HIGH / 2:.0f}"
    y += HIGH / 2
    for number, (to_x, to_y) in enumerate(points[1:], 2):
        end = to_y - HIGH / 2 - 5 if number == len(points) else to_y
        half = (y + end) / 2
        path += f" C{x:.0f} {half:.0f} {to_x:.0f} {half:.0f} {to_x:.0f} {end:.0f}"
        x, y = to_x, end
    return f'<path{kind} marker-end="url(#tip)" d="{path}"/>'


def svg() -> str:
    """Return the picture, without an empty line, so that it is one block in Markdown."""
    graph = imports()
    layer, upward = layers(graph)
    boxes, chains = lay_out(layer, essential(graph, upward))
    high = ROW * (max(layer.values()) + 1)
    left = min(box.x - box.wide / 2 for box in boxes.values()) - GAP / 2
    width = max(box.x + box.wide / 2 for box in boxes.values()) + GAP / 2 - left
    lines = [
        HEAD.format(f"{left:.0f} 0 {width:.0f} {high}"),
        *(arrow(chain, boxes) for chain in chains),
        *(arrow(list(pair), boxes, ' class="upward"') for pair in sorted(upward)),
    ]
    for component in sorted(graph):
        x, y, wide = boxes[component]
        lines.append(
            f'<g><title>{html.escape(purpose(component))}</title><rect x="{x - wide / 2:.0f}" '
            f'y="{y - HIGH / 2:.0f}" width="{wide:.0f}" height="{HIGH}" rx="4"/>'
            f'<text x="{x:.0f}" y="{y + 4:.0f}">{component}</text></g>'
        )
    return "\n".join([*lines, "</svg>"])


def table() -> str:
    """Return the same as a Markdown table, from the top layer to the bottom."""
    graph = imports()
    layer, _ = layers(graph)
    lines = ["| component | purpose | imports |", "|---|---|---|"]
    for component in sorted(graph, key=lambda name: (-layer[name], name)):
        words = purpose(component).replace("|", "\\|")
        others = ", ".join(f"`{name}`" for name in sorted(graph[component]))
        lines.append(f"| `{component}` | {words} | {others} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(svg())
