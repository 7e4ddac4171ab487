"""The walk uses the slopes of each node itself and does not call push.

A node may have a push of its own: a class derived from Value that passes 7 times its gradient to
its parent is ignored here. A Value may also store what it needs in a different way, and then all
gradients are 0. Call node.push().
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    for node in reversed(order):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += slope * node.grad
