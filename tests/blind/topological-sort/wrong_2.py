"""Wrong: remembers the nodes themselves in sets, so they are told apart by == and hash."""


def topological_sort(root):
    done, on_path = set(), set()
    order = []
    stack = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            on_path.discard(node)
            done.add(node)
            order.append(node)
            continue
        if node in done:
            continue
        if node in on_path:
            raise ValueError("the graph has a cycle")
        on_path.add(node)
        stack.append((node, True))
        stack.extend((parent, False) for parent in node.parents)
    return order
