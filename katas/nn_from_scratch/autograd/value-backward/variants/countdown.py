"""Each node counts the children that have not pushed yet, and pushes when there are none."""

from .value import Value


def backward(root: Value) -> None:
    waits_for = {id(root): 0}
    nodes = [root]
    for node in nodes:
        for parent in node.parents:
            if id(parent) not in waits_for:
                waits_for[id(parent)] = 0
                nodes.append(parent)
            waits_for[id(parent)] += 1
    ready, order = [root] if not waits_for[id(root)] else [], []
    while ready:
        node = ready.pop()
        order.append(node)
        for parent in node.parents:
            waits_for[id(parent)] -= 1
            if not waits_for[id(parent)]:
                ready.append(parent)
    if len(order) < len(nodes):
        raise ValueError("a node waits for itself")
    for node in order:
        node.grad *= not node.parents
    root.grad += 1
    for node in order:
        node.push()
