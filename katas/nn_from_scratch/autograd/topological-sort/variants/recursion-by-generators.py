"""The five recursive lines, written as generators that a loop runs one inside the other."""


def topological_sort(root):
    order, working, finished = [], set(), set()

    def visit(node):
        if id(node) in finished:
            return
        if id(node) in working:
            raise ValueError("cycle")
        working.add(id(node))
        for parent in node.parents:
            yield visit(parent)
        working.remove(id(node))
        finished.add(id(node))
        order.append(node)

    running = [visit(root)]
    while running:
        inner = next(running[-1], None)
        if inner is None:
            running.pop()
        else:
            running.append(inner)
    return order
