"""The edges are removed from the graph while it is sorted.

To remove the nodes without parents, one after the other, is a good method. But here the nodes'
own parents are removed, so afterwards the graph has no edges, no gradient can flow, and sorting
again gives 1 node. Count the open parents in a dict of your own: the graph is only read.
"""


def topological_sort(root):
    refuse_cycles(root)
    nodes = [root]
    met = {id(root)}
    for node in nodes:
        for parent in node.parents:
            if id(parent) not in met:
                met.add(id(parent))
                nodes.append(parent)
    children = {id(node): [] for node in nodes}
    for node in nodes:
        for parent in node.parents:
            children[id(parent)].append(node)
    order = [node for node in nodes if not node.parents]
    for node in order:
        for child in children[id(node)]:
            if child.parents:
                child.parents = [p for p in child.parents if p is not node]
                if not child.parents:
                    order.append(child)
    return order


def refuse_cycles(root):
    state = {}
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        if is_back:
            state[id(node)] = "finished"
        elif id(node) not in state:
            state[id(node)] = "open"
            stack.append((node, True))
            for parent in node.parents:
                if state.get(id(parent)) == "open":
                    raise ValueError("the graph has a cycle")
                stack.append((parent, False))
