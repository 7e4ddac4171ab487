"""Wrong: recurses under a raised recursion limit, so very long chains still fail."""

import sys


def topological_sort(root):
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 200_000))
    order = []
    state = {}

    def visit(node):
        if state.get(id(node)) == "done":
            return
        if state.get(id(node)) == "open":
            raise ValueError("cycle")
        state[id(node)] = "open"
        for parent in node.parents:
            visit(parent)
        state[id(node)] = "done"
        order.append(node)

    visit(root)
    return order
