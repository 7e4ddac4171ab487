"""Kahn's counting: a node leaves once all its children have left; the result is turned round."""

from collections import Counter, deque


def topological_sort(root):
    nodes = {id(root): root}
    waiting = Counter()
    to_visit = [root]
    while to_visit:
        for parent in to_visit.pop().parents:
            waiting[id(parent)] += 1
            if id(parent) not in nodes:
                nodes[id(parent)] = parent
                to_visit.append(parent)

    children_first = []
    ready = deque([root] if waiting[id(root)] == 0 else [])
    while ready:
        node = ready.popleft()
        children_first.append(node)
        for parent in node.parents:
            waiting[id(parent)] -= 1
            if waiting[id(parent)] == 0:
                ready.append(parent)

    if len(children_first) != len(nodes):
        raise ValueError("no order exists: some node is its own ancestor")
    return children_first[::-1]
