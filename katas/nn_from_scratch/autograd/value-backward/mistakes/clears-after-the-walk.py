"""Interior nodes are set to 0 after they have pushed, so afterwards only the leaves have a gradient.

The leaves are right. But the gradient of an interior node is a result too, for example to see how it
shrinks from layer to layer: for z = (x²)² at x = 3 the node x² should hold 18 and holds 0. Set the old
gradients to 0 before the walk, not after it.
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    for node in reversed(order):
        node.push()
        if node.parents and node is not root:
            node.grad = 0.0
