"""evaluate takes 0 for a variable that env does not contain.

A misspelled name then gives a wrong number without a message. A missing variable should raise a
KeyError.
"""


def evaluate(expr, env):
    def compute(node, values):
        if isinstance(node, tuple):
            return _apply(node[0], values)
        return float(env.get(node, 0.0)) if isinstance(node, str) else float(node)

    return _walk(expr, compute, {})
