"""simplify moves numbers together across a minus sign, and the sign of the rest is lost.

5 − (3 − x) is 2 + x. If 5 − 3 is computed first and x is subtracted from it, the result is 2 − x:
at x = 1, it is 1 instead of 3.
"""


def _simplify_node(node, parts):
    if not isinstance(node, tuple):
        return node
    _check(node)
    name = str(node[0])
    if all(isinstance(part, int | float) for part in parts):
        return _fold(name, parts)
    if name == "-" and isinstance(parts[0], int | float):
        rest = parts[1]
        if isinstance(rest, tuple) and rest[0] == "-" and isinstance(rest[1], int | float):
            return ("-", parts[0] - rest[1], rest[2])
    if name in _OPERATORS:
        return _drop_neutral(name, *parts)
    return (name, *parts)
