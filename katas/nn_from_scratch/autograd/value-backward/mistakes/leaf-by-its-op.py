"""A node counts as a leaf when its op is empty, whether it has parents or not.

op is a name for drawings, and whoever makes a node by hand may leave it out. Such a node then keeps the
gradient of the call before and hands it on once more: with 5 left in y and a slope of 2 on to x, x gets
10 too much. What makes a leaf is that it was computed from nothing: it has no parents.
"""

from .topological_sort import topological_sort


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.op:
            node.grad = 0.0
    root.grad = 1.0 if root.parents else root.grad + 1.0
    for node in reversed(order):
        node.push()
