"""The list is in reverse order: each node comes before its parents.

Gradients flow in this order, and the backward pass gets it by reading the list from its end. The
list itself follows the computation: for y = 2x it is x, y, not y, x. Do not reverse it.
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
    return order[::-1]
