"""The edges are removed from the graph while it is sorted.

Removing the nodes without parents one after the other is a good method. But here the nodes' own
parents are removed, so afterwards the graph has no edges, no gradient can flow, and sorting again
gives 1 node. Count the open parents in a dict of your own: the graph is only read.
"""

base = "variants/cycles-first"


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
