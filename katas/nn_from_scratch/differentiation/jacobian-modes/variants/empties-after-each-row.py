"""The gradients are read and set to 0 in one step after each pass."""

import numpy as np

from ..autograd.backward import backward
from ..autograd.value import Value
from .dual import jvp


def take(leaf):
    gradient, leaf.grad = leaf.grad, 0.0
    return gradient


def jacobian_forward(f, xs):
    n = len(xs)
    rows = list(zip(*(jvp(f, tuple(xs), tuple(e))[1] for e in np.identity(n)), strict=True))
    return np.array(rows, dtype=np.float64).reshape(-1, n)


def jacobian_reverse(f, xs):
    leaves = tuple(map(Value, xs))
    rows = []
    for y in f(list(leaves)):
        if isinstance(y, Value):
            backward(y)
        rows.append([take(leaf) for leaf in leaves])
    return np.array(rows, dtype=np.float64).reshape(-1, len(leaves))


def cheaper_mode(n, m):
    return ("reverse", "forward")[n <= m]
