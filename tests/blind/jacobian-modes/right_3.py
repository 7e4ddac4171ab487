"""Right: numpy unit vectors, and a row only where the result has a graph."""

import numpy as np

from ..autograd.value import Value
from .dual import jvp


def jacobian_forward(f, xs):
    eye = np.eye(len(xs))
    return np.vstack([np.asarray(jvp(f, xs, e)[1], dtype=float) for e in eye]).T.copy()


def jacobian_reverse(f, xs):
    inputs = list(map(Value, xs))
    jac = []
    for out in list(f(inputs)):
        try:
            start = out.backward
        except AttributeError:
            jac.append([0.0] * len(inputs))
            continue
        start()
        jac.append([v.grad for v in inputs])
        for v in inputs:
            v.grad = 0.0
    return np.array(jac, dtype="float64")


def cheaper_mode(n, m):
    names = ["forward", "reverse"]
    return names[int(n > m)]
