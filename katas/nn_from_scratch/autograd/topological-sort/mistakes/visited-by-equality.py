"""Nodes are looked up by == and not by identity.

`node in some_set` and `node in some_list` ask whether there is an *equal* one. If a class defines
__eq__, two different nodes with data 1.0 are treated as one, and one of them is missing from the list;
if it has no hash, a set raises a TypeError. Remember the identity of a node, id(node).
"""


def topological_sort(root):
    order = []
    finished = {}
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        key = node
        if is_back:
            finished[key] = True
            order.append(node)
        elif key not in finished:
            finished[key] = False
            stack.append((node, True))
            for parent in node.parents:
                if finished.get(parent) is False:
                    raise ValueError("the graph has a cycle")
                if parent not in finished:
                    stack.append((parent, False))
    return order
