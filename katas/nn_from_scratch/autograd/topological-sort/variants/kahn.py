"""Count how many parents of each node are open, and list the nodes that have none."""

from collections import Counter, defaultdict, deque


def topological_sort(root):
    nodes, found = {}, [root]
    while found:
        node = found.pop()
        if id(node) not in nodes:
            nodes[id(node)] = node
            found.extend(node.parents)
    waiting, children = Counter(), defaultdict(list)
    for node in nodes.values():
        for parent in {id(p) for p in node.parents}:
            waiting[id(node)] += 1
            children[parent].append(node)
    ready = deque(node for key, node in nodes.items() if not waiting[key])
    order = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for child in children[id(node)]:
            waiting[id(child)] -= 1
            if not waiting[id(child)]:
                ready.append(child)
    if len(order) < len(nodes):
        raise ValueError(f"{len(nodes) - len(order)} nodes are on a cycle or depend on one")
    return order
