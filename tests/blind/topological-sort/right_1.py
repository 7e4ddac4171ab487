"""Depth-first search in post-order, with a stack of iterators where a recursion would be."""


def topological_sort(root):
    order = []
    open_nodes = {id(root)}
    done = set()
    path = [(root, iter(root.parents))]
    while path:
        node, remaining = path[-1]
        for parent in remaining:
            key = id(parent)
            if key in open_nodes:
                raise ValueError("the graph has a cycle")
            if key not in done:
                open_nodes.add(key)
                path.append((parent, iter(parent.parents)))
                break
        else:
            path.pop()
            open_nodes.remove(id(node))
            done.add(id(node))
            order.append(node)
    return order
