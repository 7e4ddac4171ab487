"""A node is listed when it is first met, and the list is reversed at the end.

In a diamond, where d is computed from b and c, and both from a, the walk goes d, b, a and only
then to c. Reversed, that is c, a, b, d: c is before its parent a. List a node only after all its
parents, on the way back; then nothing has to be reversed.
"""

base = "variants/cycles-first"


def topological_sort(root):
    refuse_cycles(root)
    order = []
    met = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        order.append(node)
        stack.extend(reversed(node.parents))
    order.reverse()
    return order
