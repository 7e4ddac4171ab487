"""The nodes that were met are stored in a list and searched there.

`node in some_list` compares the node with every item until one is equal: for a chain of 100 000 nodes
that is 5 billion comparisons, minutes instead of a second. It also takes two different nodes for one
if their class says that they are equal. Store id(node) in a set or a dict, where a search is one step.
"""


def topological_sort(root):
    order = []
    opened = []
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        if is_back:
            opened.remove(node)
            order.append(node)
        elif node not in order:
            if node in opened:
                raise ValueError("the graph has a cycle")
            opened.append(node)
            stack.append((node, True))
            for parent in node.parents:
                if parent in opened:
                    raise ValueError("the graph has a cycle")
                if parent not in order:
                    stack.append((parent, False))
    return order
