"""A node that is met a second time is mistaken for a cycle.

In y = x * x, and wherever a number is used twice, a node is met 2 times without any cycle: two
paths lead *to* it, but none leads from it back to itself. It is a cycle only if the walk comes
back to a node whose own ancestors are still being listed.
"""


def topological_sort(root):
    order = []
    met = {id(root)}
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        if is_back:
            order.append(node)
            continue
        stack.append((node, True))
        for parent in node.parents:
            if id(parent) in met:
                raise ValueError("the graph has a cycle")
            met.add(id(parent))
            stack.append((parent, False))
    return order
