"""The root is at the beginning of the list.

The root is computed from all the others, so it comes after all of them, at the end. With x first,
then y = 2x, then z = y + 1 the list is x, y, z, not z, x, y.
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
    return [root, *order[:-1]]
