"""Save the leaves' old gradients, compute this call's from zero, and add the old ones."""

from .topological_sort import topological_sort


def backward(root):
    order = topological_sort(root)
    aside = [(node, node.grad) for node in order if not node.parents]
    for node in order:
        node.grad = 0.0
    root.grad = 1.0
    while order:
        order.pop().push()
    for node, before in aside:
        node.grad += before
