"""Functions that run beside the learner's Value."""

import operator
from collections.abc import Callable
from typing import Any

from .value import Value

ASSIGNED = {"+": operator.iadd, "-": operator.isub, "*": operator.imul, "/": operator.itruediv}


def missing_names() -> list[str]:
    """Return which of the names that other katas read or call a new Value does not have."""
    new = Value(1.0)
    return [name for name in ("parents", "slopes", "push") if not hasattr(new, name)]


def assigned(symbol: str, a: float, b: float) -> Any:
    """Do ``x += y``, or another such step, on two Values.

    Return the data of the old node of x, the data of the result, and whether the result is new.
    """
    x = Value(a)
    result = ASSIGNED[symbol](x, Value(b))
    return [x.data, getattr(result, "data", None), result is not x]


def received(
    expression: Callable[..., Any], numbers: list[float], upstream: float = 1.0, before: float = 0.0
) -> Any:
    """Return what each number's Value receives when ``upstream`` arrives at the result.

    The Values hold ``before`` in their grad already. Every node on the way pushes once, children
    before parents. What is not a Value is returned as it is.
    """
    leaves = [Value(number) for number in numbers]
    root = expression(*leaves)
    if not isinstance(root, Value):
        return root
    order = _ancestors(root)
    for leaf in leaves:
        leaf.grad = before
    root.grad = upstream
    for node in reversed(order):
        node.push()
    return [leaf.grad - before if before else leaf.grad for leaf in leaves]


def has_only_values(expression: Callable[..., Any], *numbers: float) -> bool:
    """Whether the result and everything it was computed from are Values."""
    root = expression(*(Value(number) for number in numbers))
    return all(isinstance(node, Value) for node in _with_parents(root))


def count_different(values: list[Any]) -> int:
    """Return how many different objects a set makes of these."""
    return len(set(values))


def are_equal(one: Any, other: Any) -> Any:
    """Return ``one == other``."""
    return one == other


def text_of(value: Any) -> str:
    """Return ``repr(value)``."""
    return repr(value)


def _with_parents(root: Any) -> list[Any]:
    nodes, seen = [root], {id(root)}
    for node in nodes:
        for parent in getattr(node, "parents", ()):
            if id(parent) not in seen:
                seen.add(id(parent))
                nodes.append(parent)
    return nodes


def _ancestors(root: Value) -> list[Value]:
    """List root and its ancestors, parents first."""
    order: list[Value] = []
    seen: set[int] = set()
    stack = [(root, False)]
    while stack:
        node, listed = stack.pop()
        if listed:
            order.append(node)
        elif id(node) not in seen and isinstance(node, Value):
            seen.add(id(node))
            stack.append((node, True))
            stack += [(parent, False) for parent in node.parents]
    return order
