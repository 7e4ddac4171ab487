"""simplify copies an operation that it does not know.

The mistake in the formula is then found much later, or never. Raise a ValueError for a tuple that is none of
the nine operations.
"""


def _simplify_node(node, parts):
    if not isinstance(node, tuple) or (node[0], len(node)) not in _SHAPES:
        return node
    name = node[0]
    if all(isinstance(part, int | float) for part in parts):
        return _fold(name, parts)
    if name in _OPERATORS:
        return _drop_neutral(name, *parts)
    return (name, *parts)
