"""Clear what lies between, seed the root, and walk the order from its end."""

from .topological_sort import topological_sort
from .value import Value


def backward(root: Value) -> None:
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    for node in reversed(order):
        node.push()
