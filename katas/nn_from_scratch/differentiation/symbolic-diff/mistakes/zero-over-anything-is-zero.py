"""simplify turns 0 / a into 0 without checking a.

0 / 0 has no value, and becomes 0 this way: a formula that should raise an error returns a number. Leave the
division as it is where a is the number 0.
"""


def _simplify_node(node, parts):
    if not isinstance(node, tuple):
        return node
    _check(node)
    name = node[0]
    if name == "/" and parts[0] == 0:
        return 0
    if all(isinstance(part, int | float) for part in parts):
        return _fold(name, parts)
    if name in _OPERATORS:
        return _drop_neutral(name, *parts)
    return (name, *parts)
