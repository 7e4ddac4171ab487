"""Sort the nodes of a computation graph so that each comes after its parents.

In the backward pass a node may push its gradient only after all of it has arrived. This order, read
from the end, makes sure of that.
"""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar


class _HasParents(Protocol):
    @property
    def parents(self) -> Sequence[Any]: ...


_Node = TypeVar("_Node", bound=_HasParents)


def topological_sort(root: _Node) -> list[_Node]:
    """Return a list of root and all its ancestors, each once, every parent before its children.

    A graph of V nodes and E edges takes O(V + E) steps, however many paths it has. Paths may be
    very long (a chain of 100 000 nodes), so use a stack of your own and no recursion.

    Args:
        root: any object with a ``parents`` attribute, a sequence of objects of the same kind.
            Nodes are told apart by identity, never by ``==``. The graph is only read.

    Returns:
        A list that ends with ``root``. Any order with parents first is right.

    Raises:
        ValueError: the graph has a cycle, so no such order exists.

    Source: depth-first search in post-order; R. E. Tarjan 1976.
    """
    order: list[_Node] = []
    finished: dict[int, bool] = {}  # id(node): False while its ancestors are being listed
    stack = [root]
    while stack:
        node = stack[-1]
        key = id(node)
        if key not in finished:  # first visit: what is put on the stack now is listed before it
            finished[key] = False
            for parent in node.parents:
                parent_finished = finished.get(id(parent))
                if parent_finished is None:
                    stack.append(parent)
                elif not parent_finished:
                    raise ValueError("the graph has a cycle: a node is its own ancestor")
        else:  # again: its ancestors are listed now, or it was on the stack more than once
            stack.pop()
            if not finished[key]:
                finished[key] = True
                order.append(node)
    return order
