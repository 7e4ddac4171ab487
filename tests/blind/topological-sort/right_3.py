"""From the leaves up: number the nodes, list each one's children, and count missing parents."""


def topological_sort(root):
    number = {id(root): 0}
    nodes = [root]
    children = [[]]
    missing = []
    at = 0
    while at < len(nodes):
        parents = list(nodes[at].parents)
        missing.append(len(parents))
        for parent in parents:
            if id(parent) not in number:
                number[id(parent)] = len(nodes)
                nodes.append(parent)
                children.append([])
            children[number[id(parent)]].append(at)
        at += 1

    ready = [i for i, count in enumerate(missing) if count == 0]
    order = []
    while ready:
        i = ready.pop()
        order.append(nodes[i])
        for child in children[i]:
            missing[child] -= 1
            if missing[child] == 0:
                ready.append(child)
    if len(order) < len(nodes):
        raise ValueError("cycle in the graph")
    return order
