"""simplify copies an operation that it does not know.

The mistake in the formula is then found much later, or never. Raise a ValueError for a tuple that is none of
the nine operations.
"""


def _simplify_node(node, parts):
    if not isinstance(node, tuple):
        return node
    name = node[0]
    if len(node) != (3 if name in _OPERATORS else 2) or name not in _OPERATORS | _FUNCTIONS:
        return node
    numbers = [part for part in parts if isinstance(part, int | float)]
    if len(numbers) == len(parts):
        return _fold(name, numbers)
    if name in _OPERATORS:
        return _drop_neutral(name, *parts)
    return (name, *parts)
