"""The root's grad is not set before the walk, so there is nothing to push.

Every step multiplies by the gradient that has arrived, and 0 times anything is 0: all gradients
stay 0. The walk starts from the gradient of the root with respect to itself. How much does the
root change when the root changes by 1?
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    for node in reversed(order):
        node.push()
