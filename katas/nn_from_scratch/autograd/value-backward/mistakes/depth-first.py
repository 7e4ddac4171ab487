"""A node pushes as soon as the walk first reaches it, though more of its gradient is still to come.

If two paths lead to a node, only the gradient of the first is pushed on. With s = a * b, the sum
of s * c and s * d gives a the gradient b c instead of b (c + d), although s itself ends with the
right one. A node may push only after all nodes that were computed from it.
"""


def backward(root):
    order = topological_sort(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    pushed = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) not in pushed:
            pushed.add(id(node))
            node.push()
            stack.extend(reversed(node.parents))
