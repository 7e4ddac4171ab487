"""Only a cycle that contains the root is noticed.

With a = f(b), b = g(a) and the root c computed from b, the cycle does not contain the root: 2 of
the 3 nodes are their own ancestors, and c is not. A list is returned, and every such list is wrong.
Check for each parent, not for the root alone, whether its ancestors are still being listed.
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
                if parent is root:
                    raise ValueError("the graph has a cycle")
                if id(parent) not in finished:
                    stack.append((parent, False))
    return order
