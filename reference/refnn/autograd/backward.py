"""Reverse-mode automatic differentiation: one backward pass computes every gradient."""

from .topological_sort import topological_sort
from .value import Value


def backward(root: Value) -> None:
    """Set ``grad`` to d(root)/d(node) for root and every node it was computed from.

    The gradient of root with respect to itself is 1. From there each node pushes its gradient to
    its parents by its method ``push``, once, and after all of its own gradient has arrived.

    The grad of an interior node (a node with parents) belongs to one call: what it held before is
    dropped. The grad of a leaf (no parents) accumulates: this call's result is added to what it
    held, so the gradients of several losses can be added up. For a root that is itself a leaf,
    ``grad`` grows by 1.

    Args:
        root: the node to differentiate. Nodes that it does not depend on are not changed.

    Raises:
        ValueError: the graph has a cycle; ``topological_sort`` raises it.

    Source: reverse accumulation, S. Linnainmaa 1970; backpropagation, Rumelhart, Hinton and
    Williams 1986.
    """
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0  # an interior root was just set to 0; a leaf keeps what it had
    for node in reversed(order):
        node.push()
