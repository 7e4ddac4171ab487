"""Wrong: clears each interior gradient after its push, so afterwards only the leaves hold one."""

from .topological_sort import topological_sort
from .value import Value


def backward(root: Value) -> None:
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    while order:
        node = order.pop()
        node.push()
        if node.parents and node is not root:
            node.grad = 0.0
