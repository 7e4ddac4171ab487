"""A node is listed once for every path that leads to it.

For y = x * x two edges lead to x, and the list becomes x, x, y. With a = a + a thirty times there
are 2³⁰ paths, about a billion, and the program does not end. Remember which nodes you have met
and skip them the second time.
"""


def topological_sort(root):
    order = []
    on_path = set()
    stack = [(root, False)]
    while stack:
        node, is_back = stack.pop()
        if is_back:
            on_path.remove(id(node))
            order.append(node)
        else:
            if id(node) in on_path:
                raise ValueError("the graph has a cycle")
            on_path.add(id(node))
            stack.append((node, True))
            for parent in reversed(node.parents):
                stack.append((parent, False))
    return order
