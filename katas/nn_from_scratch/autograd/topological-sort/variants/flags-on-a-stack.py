"""Pairs of a node and a flag on a stack; the ids are stored in two sets."""


def topological_sort(root):
    result = []
    opened, closed = set(), set()
    stack = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            opened.discard(id(node))
            closed.add(id(node))
            result.append(node)
            continue
        if id(node) in closed:
            continue
        if id(node) in opened:
            raise ValueError("a cycle")
        opened.add(id(node))
        stack.append((node, True))
        for parent in node.parents:
            if id(parent) in opened:
                raise ValueError("a cycle")
            if id(parent) not in closed:
                stack.append((parent, False))
    return result
