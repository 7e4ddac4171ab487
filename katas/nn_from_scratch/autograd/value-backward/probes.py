"""Functions that run beside the learner's backward and look at what it leaves in the graph."""

import sys
from typing import Any, ClassVar

from .backward import backward
from .value import Value


class Watched(Value):
    """A Value that notes when it is asked to push."""

    pushes = 0

    def push(self) -> None:
        """Push as every Value does, and count it."""
        Watched.pushes += 1
        super().push()


def grads(nodes: list[Any]) -> list[Any]:
    """Return the gradients of some nodes, whole numbers as floats."""
    return [float(v.grad) if isinstance(v.grad, int) else v.grad for v in nodes]


def goes_back_one_step(slope: float) -> dict[str, Any]:
    """Go back from a node with one parent; return both gradients, and whether push was used.

    That tells a backward that hands on zeros from one that does nothing.
    """
    Watched.pushes = 0
    parent = Value(1.0)
    root = Watched(1.0, (parent,), "step", (slope,))
    backward(root)
    return {"grads": grads([parent, root]), "uses push": Watched.pushes > 0}


def ends_of_chain(length: int) -> list[Any]:
    """Go back along a chain of so many steps; return the gradients of its end and its beginning.

    Whatever limit the modules have set for recursion, Python's usual one holds here.
    """
    sys.setrecursionlimit(1000)
    first = node = Value(1.0)
    for _ in range(length):
        node = Value(1.0, (node,), "step", (1.0,))
    backward(node)
    return grads([node, first])


MOST_STEPS = 200


class _Written(Value):
    """A Value that writes down what all gradients of its graph are after it has pushed."""

    book: ClassVar[list[list[Any]]] = []
    graph: ClassVar[list[Value]] = []

    def push(self) -> None:
        """Push as every Value does; before the first push, write down what there is."""
        if not self.book:
            self.book.append([None, grads(self.graph)])
        super().push()
        if len(self.book) < MOST_STEPS:
            number = next(i for i, node in enumerate(self.graph) if node is self)
            self.book.append([number, grads(self.graph)])


def walks(nodes: list[Any], times: int) -> list[Any]:
    """Go back through a graph several times.

    A node is given as its data, the numbers of its parents, its op and its slopes; the last is
    the root. Returned are, for each time, the steps that were taken, as the number of the node
    that pushed (None before the first) and all gradients after it, and the gradients at the end.
    """
    _Written.graph = []
    for data, parents, op, slopes in nodes:
        made = tuple(_Written.graph[i] for i in parents)
        _Written.graph.append(_Written(data, made, op, tuple(slopes)))
    found = []
    for _ in range(times):
        _Written.book = []
        backward(_Written.graph[-1])
        found.append([_Written.book, grads(_Written.graph)])
    return found
