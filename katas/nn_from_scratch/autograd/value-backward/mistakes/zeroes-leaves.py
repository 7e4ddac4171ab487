"""The leaves' gradients are set to 0 as well before the walk.

Leaves are meant to add up: the loss of a training set is a sum over samples, and one may call backward
on each of them and then take one step with the total. Here only the last sample would count. When the
old gradients should go, whoever trains sets them to 0, and that is no business of backward.
"""

from .topological_sort import topological_sort


def backward(root):
    order = topological_sort(root)
    for node in order:
        node.grad = 0.0
    root.grad += 1.0
    for node in reversed(order):
        node.push()
