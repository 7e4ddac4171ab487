"""compile_graph lists a node again for every path that leads to it.

y + y with y = x + x is then three operations instead of two, and after 40 doublings there would be
about 10^12. Each node is one step, whose result can be used many times.
"""


def compile_graph(node):
    order = topological_sort(node)
    counts = {id(each): 1 for each in order}
    steps = []

    def add(each):
        operands = tuple(add(parent) for parent in each.parents)
        steps.append((each.op, operands, each.label))
        return len(steps) - 1

    for each in order:
        counts[id(each)] += sum(counts[id(parent)] for parent in each.parents)
    if counts[id(node)] < 50000 and len(order) < 900:
        return Program(steps, add(node))
    numbers = {id(each): number for number, each in enumerate(order)}
    steps = [(n.op, tuple(numbers[id(parent)] for parent in n.parents), n.label) for n in order]
    return Program(steps, len(steps) - 1)
