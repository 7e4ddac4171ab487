"""Each backward pass starts at a weighted sum of all results, with one weight that is not 0."""

import numpy as np

from ..autograd.value import Value
from .dual import jvp


def unit(size, place):
    return [float(i == place) for i in range(size)]


def jacobian_forward(f, xs):
    xs = [float(x) for x in xs]
    slopes = [jvp(f, xs, unit(len(xs), j))[1] for j in range(len(xs))]
    return np.stack([np.array(column, dtype=float) for column in slopes], axis=1)


def jacobian_reverse(f, xs):
    inputs = [Value(float(x)) for x in xs]
    results = list(f(inputs))
    jacobian = np.zeros((len(results), len(inputs)))
    for i in range(len(results)):
        for leaf in inputs:
            leaf.grad = 0.0
        root = Value(0.0)
        for weight, y in zip(unit(len(results), i), results, strict=True):
            root = root + weight * y
        root.backward()
        jacobian[i, :] = [leaf.grad for leaf in inputs]
    return jacobian


def cheaper_mode(n, m):
    passes = {"forward": n, "reverse": m}
    return min(passes, key=passes.get)
