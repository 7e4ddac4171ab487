"""A graph with a cycle gets a list, as if it had an order.

If a is computed from c, b from a and c from b, each of the 3 would have to come before the others,
so every list is wrong. It is not enough to remember the nodes that were met: keep the nodes whose
ancestors are still being listed apart from those that are finished.
"""


def topological_sort(root):
    order = []
    finished = {}
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        key = id(node)
        if is_back:
            finished[key] = True
            order.append(node)
        elif key not in finished:
            finished[key] = False
            stack.append((node, True))
            for parent in node.parents:
                if id(parent) not in finished:
                    stack.append((parent, False))
    return order
