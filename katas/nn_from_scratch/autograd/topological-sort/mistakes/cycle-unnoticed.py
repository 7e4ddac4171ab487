"""A graph with a cycle gets a list as if it had an order.

If a is computed from c, b from a and c from b, each of them would have to come before the others, so
whatever is returned is wrong. Ordinary arithmetic makes no cycle, a mistake in the code that builds
the graph does. "Met before" is not enough to see it: tell apart the nodes whose ancestors are still
being listed from those that are finished.
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
