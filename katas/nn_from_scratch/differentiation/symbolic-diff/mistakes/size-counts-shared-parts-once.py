"""size counts a tuple that occurs twice only once.

That is the number of tuples in memory. The size is that of the formula when it is written out, and there
every occurrence is written: 4 · l · (1 - l) contains l twice.
"""


def size(expr):
    parts = {}

    def collect(node):
        if not isinstance(node, tuple):
            parts[id(node), len(parts)] = node
        elif id(node) not in parts:
            parts[id(node)] = node
            for operand in node[1:]:
                collect(operand)

    collect(expr)
    return len(parts)
