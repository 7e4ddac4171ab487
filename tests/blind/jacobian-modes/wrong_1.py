"""Wrong: the gradients are not set back between two passes."""

import numpy as np

from ..autograd.value import Value
from .dual import jvp


def jacobian_forward(f, xs):
    xs = [float(x) for x in xs]
    columns = []
    for j in range(len(xs)):
        v = [0.0] * len(xs)
        v[j] = 1.0
        _, dy = jvp(f, xs, v)
        columns.append(dy)
    J = np.empty((len(columns[0]), len(xs)))
    for j, column in enumerate(columns):
        J[:, j] = column
    return J


def jacobian_reverse(f, xs):
    leaves = [Value(float(x)) for x in xs]
    ys = f(leaves)
    J = np.zeros((len(ys), len(leaves)))
    for i, y in enumerate(ys):
        if not isinstance(y, Value):
            continue
        y.backward()
        for j, leaf in enumerate(leaves):
            J[i, j] = leaf.grad
    return J


def cheaper_mode(n, m):
    if n <= m:
        return "forward"
    else:
        return "reverse"
