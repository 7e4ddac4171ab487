"""The root is missing from the list, which contains only its ancestors.

The backward pass starts at the root; without it nothing is pushed, and all gradients stay 0. For
a single node the list is that node alone, not an empty list. Add the root at the end.
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
                if finished.get(id(parent)) is False:
                    raise ValueError("the graph has a cycle")
                if id(parent) not in finished:
                    stack.append((parent, False))
    return order[:-1]
