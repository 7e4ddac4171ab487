"""If the root is itself a leaf, its grad is set to 1 and not increased by 1.

Leaves accumulate over calls, and a root without parents is a leaf like any other: after two calls
it should hold 2. A loss can be a parameter itself, and then the gradient of the last loss is lost.
Add 1 instead.
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad = 1.0
    for node in reversed(order):
        node.push()
