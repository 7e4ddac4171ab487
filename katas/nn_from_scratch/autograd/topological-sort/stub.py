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
    raise NotImplementedError("kata topological-sort: topological_sort is not written yet")
