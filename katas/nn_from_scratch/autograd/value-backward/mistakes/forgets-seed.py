"""Nothing is put into the root's grad, so there is nothing to hand on.

Every step multiplies by what has arrived, and 0 times anything is 0: all gradients stay 0. The walk
starts from the gradient of the root with respect to itself. How much does the root move when the root
moves by 1?
"""

from .topological_sort import topological_sort


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    for node in reversed(order):
        node.push()
