"""The order is made by a function that calls itself, and Python stops that at a depth of about 1000.

A chain of 100 steps works, and one of 1000 ends in a RecursionError. Your topological_sort from
the last kata can sort a long chain; import it instead of sorting again here.
"""


def backward(root):
    order = []
    finished = {}

    def visit(node):
        if id(node) in finished:
            if not finished[id(node)]:
                raise ValueError("the graph has a cycle")
            return
        finished[id(node)] = False
        for parent in node.parents:
            visit(parent)
        finished[id(node)] = True
        order.append(node)

    visit(root)
    for node in order:
        if node.parents:
            node.grad = 0.0
    root.grad += 1.0
    for node in reversed(order):
        node.push()
