"""The function calls itself for each parent, and Python's recursion limit is raised first.

That only moves the problem: a longer chain ends in a RecursionError, or in a crash of the
interpreter that no `except` catches. The limit also holds for the whole program, so an endless
recursion anywhere else is noticed late. Use a list as your own stack: it needs no limit.
"""

import sys


def topological_sort(root):
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 1_000_000))
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
    return order
