"""The root and the interior nodes keep the gradient of the last call and push it once more.

The first call is right and the second is not: for z = (x²)² at x = 3 the leaf x should go from 108
to 216 and goes to 432. The root holds 2 by then instead of 1, and x² pushes 54 instead of 18. Only
leaves accumulate over calls; set the grad of every node with parents, including the root, to 0
first.
"""


def backward(root):
    order = topological_sort(root)
    root.grad += 1.0
    for node in reversed(order):
        node.push()
