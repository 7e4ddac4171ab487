"""A heap gives the newest node that a gradient has reached, by its place in the order."""

import heapq

from .topological_sort import topological_sort


def backward(root):
    order = topological_sort(root)
    age = {id(node): i for i, node in enumerate(order)}
    for node in order:
        if len(node.parents) > 0:
            node.grad = 0.0
    root.grad = root.grad + 1.0 if not root.parents else 1.0
    reached, waiting = {id(root)}, [-age[id(root)]]
    while waiting:
        node = order[-heapq.heappop(waiting)]
        node.push()
        for parent in node.parents:
            if id(parent) not in reached:
                reached.add(id(parent))
                heapq.heappush(waiting, -age[id(parent)])
