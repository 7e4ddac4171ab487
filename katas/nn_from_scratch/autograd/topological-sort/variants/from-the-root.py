"""Kahn's algorithm from the other end: list the nodes without open children, then reverse."""


def topological_sort(root):
    children_left = {id(root): 0}
    nodes = [root]
    for node in nodes:
        for parent in node.parents:
            if id(parent) not in children_left:
                children_left[id(parent)] = 0
                nodes.append(parent)
            children_left[id(parent)] += 1
    if children_left[id(root)]:
        raise ValueError("the root is its own ancestor")
    backwards = [root]
    for node in backwards:
        for parent in node.parents:
            children_left[id(parent)] -= 1
            if children_left[id(parent)] == 0:
                backwards.append(parent)
    if len(backwards) != len(nodes):
        raise ValueError("there is a cycle among the ancestors")
    return list(reversed(backwards))
