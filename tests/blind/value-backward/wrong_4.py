"""Wrong: sets the root's gradient to 1 even when the root is a leaf, which should grow by 1."""

from .topological_sort import topological_sort
from .value import Value


def backward(root: Value) -> None:
    nodes = topological_sort(root)
    for node in nodes:
        if node.parents:
            node.grad = 0.0
    root.grad = 1.0
    for node in reversed(nodes):
        node.push()
