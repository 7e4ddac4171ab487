"""Only the root and its parents are set to 0, not the interior nodes further away.

Those still hold the gradient of the last call and push it once more. For w = 2z, z = 3y, y = 5x a second
call gives x 90 instead of 60: y held 6, gets 6 more and pushes 12 times 5. Set the grad of every
node with parents to 0, however far it is from the root.
"""


def backward(root):
    order = topological_sort(root)
    for node in (root, *root.parents):
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    for node in reversed(order):
        node.push()
