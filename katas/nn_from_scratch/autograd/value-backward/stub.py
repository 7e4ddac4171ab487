"""Reverse-mode automatic differentiation: one walk back fills in every gradient."""

from .value import Value


def backward(root: Value) -> None:
    """Set ``grad`` to d(root)/d(node) for root and every node it was computed from.

    The gradient of root with respect to itself is 1. From there each node hands its gradient to
    its parents (``push``), and no node does so before all of its own gradient has arrived.

    Gradients of interior nodes (those with parents) belong to one call: whatever they held before
    is dropped. Gradients of leaves (no parents) accumulate: this call's result is added to what
    they held, so that the gradients of several losses can be added up. For a root that is itself
    a leaf, ``grad`` grows by 1.

    Args:
        root: the node to differentiate. Nodes that it does not depend on are not touched.

    Raises:
        ValueError: the graph has a cycle.

    Source: reverse accumulation, S. Linnainmaa 1970; backpropagation, Rumelhart, Hinton and
    Williams 1986.
    """
    raise NotImplementedError("kata value-backward: backward is yours to write")
