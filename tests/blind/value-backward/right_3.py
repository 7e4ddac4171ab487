"""The order only says which nodes there are; each pushes when its last child has pushed."""

from collections import Counter

from .topological_sort import topological_sort
from .value import Value


def backward(root: Value) -> None:
    nodes = topological_sort(root)
    waits_for = Counter(id(parent) for node in nodes for parent in node.parents)
    interior = [node for node in nodes if node.parents]
    for node in interior:
        node.grad = 0.0

    root.grad = root.grad + 1.0
    ready = [root]
    while ready:
        node = ready.pop()
        node.push()
        for parent in node.parents:
            waits_for[id(parent)] -= 1
            if not waits_for[id(parent)]:
                ready.append(parent)
