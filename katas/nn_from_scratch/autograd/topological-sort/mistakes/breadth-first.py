"""The nodes are listed by their distance from the root, the farthest first.

That is right if all paths to a node are equally long. When c is computed from a, and d from both
a and c, then a and c are both one step away from d, and the list may have c before its own parent
a. The shortest path does not decide: list a node only after all its parents.
"""

base = "variants/cycles-first"

from collections import deque


def topological_sort(root):
    refuse_cycles(root)
    order = []
    met = {id(root)}
    queue = deque([root])
    while queue:
        node = queue.popleft()
        order.append(node)
        for parent in node.parents:
            if id(parent) not in met:
                met.add(id(parent))
                queue.append(parent)
    order.reverse()
    return order
