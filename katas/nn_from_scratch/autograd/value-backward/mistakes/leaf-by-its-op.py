"""A node counts as a leaf if its op is empty, whether it has parents or not.

op is a name for drawings, and a node that is made by hand may have none. Such a node then keeps
the gradient of the last call and pushes it once more: with 5 left in y and a slope of 2 to x, x
gets 10 too much. A leaf is a node without parents.
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.op:
            node.grad = 0.0
    root.grad = 1.0 if root.parents else root.grad + 1.0
    for node in reversed(order):
        node.push()
