"""The ids of the nodes that were met are stored in a list and searched there.

`key in some_list` compares the key with one item after the other: for a chain of 100 000 nodes that is
5 billion comparisons, minutes instead of a second. Store the ids in a set or a dict, where a search is one
step, however many there are.
"""


def topological_sort(root):
    order = []
    met = []
    finished = []
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        key = id(node)
        if is_back:
            finished.append(key)
            order.append(node)
        elif key not in met:
            met.append(key)
            stack.append((node, True))
            for parent in node.parents:
                if id(parent) not in met:
                    stack.append((parent, False))
                elif id(parent) not in finished:
                    raise ValueError("the graph has a cycle")
        elif key not in finished:
            raise ValueError("the graph has a cycle")
    return order
