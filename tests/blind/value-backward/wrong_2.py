"""Wrong: walks breadth first, so a node pushes before the gradient of a longer way arrives."""

from collections import deque

from .topological_sort import topological_sort
from .value import Value


def backward(root: Value) -> None:
    for node in topological_sort(root):
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    queue = deque([root])
    seen = {id(root)}
    while queue:
        node = queue.popleft()
        node.push()
        for parent in node.parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                queue.append(parent)
