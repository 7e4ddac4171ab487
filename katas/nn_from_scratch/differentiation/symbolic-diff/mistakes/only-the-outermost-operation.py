"""simplify applies its rules to the outermost operation only.

0 · y + 1 · x then stays as it is, because neither of its two operands is 0 before they are simplified.
Simplify the operands first, and then look at the result.
"""


def simplify(expr):
    _walk(expr, lambda node, _: _check(node) if isinstance(node, tuple) else None, {})
    return _simplify_node(expr, list(expr[1:]) if isinstance(expr, tuple) else [])
