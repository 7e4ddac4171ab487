"""Functions that run beside the learner's backward and read the gradients in the graph."""

import sys
from typing import Any, ClassVar

from .backward import backward
from .value import Value


class OwnPush(Value):
    """A Value whose push does not use its slopes: its parents get a multiple of its gradient."""

    factor = 1.0

    def push(self) -> None:
        """Add ``factor`` times the gradient to the grad of each parent."""
        for parent in self.parents:
            parent.grad += self.factor * self.grad


def grads(nodes: list[Any]) -> list[Any]:
    """Return the gradients of some nodes, integers as floats."""
    return [float(v.grad) if isinstance(v.grad, int) else v.grad for v in nodes]


def back_through_own_pushes(factors: list[float], slope: float) -> list[Any]:
    """Go back along a chain of nodes with a push of their own; return all gradients.

    Each node pushes its factor times its gradient, whatever its slope says.
    """
    nodes = [Value(1.0)]
    for factor in factors:
        node = OwnPush(1.0, (nodes[-1],), "own", (slope,))
        node.factor = factor
        nodes.append(node)
    backward(nodes[-1])
    return grads(nodes)


def ends_of_chain(length: int, slope: float = 1.0) -> list[Any]:
    """Go back along a chain of so many steps; return the gradients of its end and its beginning.

    The first step has this derivative, all others 1.
    Whatever recursion limit the modules have set, Python's usual one is used here.
    """
    sys.setrecursionlimit(1000)
    first = node = Value(1.0)
    for number in range(length):
        node = Value(1.0, (node,), "step", (1.0 if number else slope,))
    backward(node)
    return grads([node, first])


MOST_STEPS = 200


class _Recorded(Value):
    """A Value that records all gradients of its graph after it has pushed."""

    record: ClassVar[list[list[Any]]] = []
    graph: ClassVar[list[Value]] = []

    def push(self) -> None:
        """Push as every Value does, and record; before the first push, record what there is."""
        if not self.record:
            self.record.append([None, grads(self.graph)])
        super().push()
        if len(self.record) < MOST_STEPS:
            number = next(i for i, node in enumerate(self.graph) if node is self)
            self.record.append([number, grads(self.graph)])


def walks(nodes: list[Any], times: int) -> list[Any]:
    """Go back through a graph several times.

    A node is given as its data, the numbers of its parents, its op and its slopes; the last is
    the root. For each time the steps are returned, as the number of the node that pushed (None
    before the first) and all gradients after it, and then the gradients at the end.
    """
    _Recorded.graph = []
    for data, parents, op, slopes in nodes:
        made = tuple(_Recorded.graph[i] for i in parents)
        _Recorded.graph.append(_Recorded(data, made, op, tuple(slopes)))
    results = []
    for _ in range(times):
        _Recorded.record = []
        backward(_Recorded.graph[-1])
        results.append([_Recorded.record, grads(_Recorded.graph)])
    return results
