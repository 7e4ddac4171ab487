"""The nodes push by their distance from the root, the nearest first.

The distance counts the shortest path, but the gradient comes along the long path too. With s = a
* b and s + s * c, s is 1 step from the root and pushes before s * c has pushed to it: a gets b
instead of b (1 + c). A node may push only after all nodes that were computed from it.
"""


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
