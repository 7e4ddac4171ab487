"""Wrong: all inputs get the slope 1 in one call."""

import numpy as np

from ..autograd.value import Value
from .dual import jvp


def jacobian_forward(f, xs):
    xs = [float(x) for x in xs]
    _, dy = jvp(f, xs, [1.0 for _ in xs])
    return np.array(dy).reshape(-1, 1)


def jacobian_reverse(f, xs):
    leaves = [Value(float(x)) for x in xs]
    ys = f(leaves)
    J = np.zeros((len(ys), len(leaves)))
    for i, y in enumerate(ys):
        if not isinstance(y, Value):
            continue
        for leaf in leaves:
            leaf.grad = 0.0
        y.backward()
        for j, leaf in enumerate(leaves):
            J[i, j] = leaf.grad
    return J


def cheaper_mode(n, m):
    if n <= m:
        return "forward"
    else:
        return "reverse"
