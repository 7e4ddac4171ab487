"""The function calls itself for each parent, and Python ends that at a depth of about 1000.

A chain of 100 additions is sorted, one of 1000 ends in a RecursionError; a loss that is summed over
1000 samples is such a chain. Raising the limit moves the wall and, in many versions of Python, lets
the interpreter itself crash. A list of your own can be the stack: it grows as long as there is memory.
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
