"""Interior nodes keep the gradient of the last call and push it once more.

The first call is right and the second is not: for z = (x²)² at x = 3 the leaf x should go from
108 to 216 and goes to 324. The node x² still holds 18 from the first call, gets 18 more, and
pushes 36. Only leaves accumulate over calls; set the grad of every node with parents to 0 first.
"""


def backward(root):
    order = topological_sort(root)
    root.grad = 1.0 if root.parents else root.grad + 1.0
    for node in reversed(order):
        node.push()
