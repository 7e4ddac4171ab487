"""evaluate returns an int where the expression and its variables are integers.

The value of 5 is then 5 and not 5.0, and 2 ** 2000 takes hundreds of digits. The result should always be
a float: turn numbers and variables into floats before calculating.
"""


def evaluate(expr, env):
    def compute(node, values):
        if isinstance(node, tuple):
            return _apply(node[0], values)
        return env[node] if isinstance(node, str) else node

    return _walk(expr, compute, {})
