"""Wrong: counts each parent once a child but takes off once an edge, so x * x frees x too early."""

from collections import deque


def topological_sort(root):
    nodes = {id(root): root}
    open_children = {id(root): 0}
    queue = deque([root])
    while queue:
        node = queue.popleft()
        for key, parent in {id(p): p for p in node.parents}.items():
            if key not in nodes:
                nodes[key] = parent
                open_children[key] = 0
                queue.append(parent)
            open_children[key] += 1

    order = []
    queue = deque(node for node in nodes.values() if open_children[id(node)] == 0)
    while queue:
        node = queue.popleft()
        order.append(node)
        for parent in node.parents:
            open_children[id(parent)] -= 1
            if open_children[id(parent)] == 0:
                queue.append(parent)
    if len(order) != len(nodes):
        raise ValueError("the graph has a cycle")
    order.reverse()
    return order
