"""Wrong: takes a node without an op name for a leaf and does not reset it, parents or not."""

from .topological_sort import topological_sort
from .value import Value


def backward(root: Value) -> None:
    order = topological_sort(root)
    for node in order:
        is_leaf = node.op == ""
        if not is_leaf:
            node.grad = 0.0
    if root.parents:
        root.grad = 1.0
    else:
        root.grad += 1.0
    for node in order[::-1]:
        node.push()
