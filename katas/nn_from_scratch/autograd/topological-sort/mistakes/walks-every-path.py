"""The list is right, but every path is walked to its end to get it.

A node that is already on the list is not listed again, but its parents are still read, and theirs
too. With a = a + a thirty times that makes 2³⁰ walks, about a billion, for 31 nodes. Check
whether a node was met *before* you go on to its parents.
"""


def topological_sort(root):
    order = []
    listed = set()
    on_path = set()
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        if is_back:
            on_path.remove(id(node))
            if id(node) not in listed:
                listed.add(id(node))
                order.append(node)
        else:
            if id(node) in on_path:
                raise ValueError("the graph has a cycle")
            on_path.add(id(node))
            stack.append((node, True))
            for parent in reversed(node.parents):
                stack.append((parent, False))
    return order
