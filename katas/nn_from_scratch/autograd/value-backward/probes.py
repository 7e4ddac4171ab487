"""Functions that run beside the learner's backward and look at what it leaves in the graph."""

import sys
from typing import Any

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
