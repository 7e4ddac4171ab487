"""A node counts as met if another node with the same number was met.

A graph holds many nodes with equal data: two weights that are both 0.5, or the zeros that sums
start from. Of such nodes only one is listed here, and the others get no gradient. Remember a node
by its identity, id(node), not by its number.
"""


def topological_sort(root):
    order = []
    finished = {}
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        key = node.data
        if is_back:
            finished[key] = True
            order.append(node)
        elif key not in finished:
            finished[key] = False
            stack.append((node, True))
            for parent in node.parents:
                if finished.get(parent.data) is False:
                    raise ValueError("the graph has a cycle")
                if parent.data not in finished:
                    stack.append((parent, False))
    return order
