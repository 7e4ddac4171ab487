"""The nodes push in the order of the computation, not in reverse order.

When the first nodes push, nothing has arrived at them yet, so they push 0. Only the root holds a
gradient, and it pushes last: its parents get theirs, and nothing goes further. For (a + b) * (a *
b) the two factors have theirs, and a and b have 0. Start at the end of the list.
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    for node in order:
        node.push()
