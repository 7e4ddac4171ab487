"""The nodes push in the order of the computation, first things first.

When the first ones push, nothing has arrived at them yet, so they hand on 0. Only the root holds
something, and it comes last: its own parents get their gradients and nothing gets any further. For
(a + b) * (a * b) the two factors have theirs, a and b have 0. Gradients flow from the end.
"""

from .topological_sort import topological_sort


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    for node in order:
        node.push()
