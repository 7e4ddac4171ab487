"""Every gradient starts at 0; what the leaves held before is added at the end."""

from .topological_sort import topological_sort
from .value import Value


def backward(root: Value) -> None:
    order = topological_sort(root)
    held = [(node, node.grad) for node in order if len(node.parents) == 0]
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    while order:
        order.pop().push()
    for leaf, before in held:
        leaf.grad = before + leaf.grad
