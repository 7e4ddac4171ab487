"""The function calls itself for each parent, and Python stops that at a depth of about 1000.

A chain of 100 additions is sorted, and one of 1000 ends in a RecursionError; a loss that is
summed over 1000 samples is such a chain. A raised limit only moves the problem, and in many
versions of Python the interpreter itself can crash. Use a list as your own stack: it grows as
long as there is memory.
"""


def topological_sort(root):
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
