"""einsum names the axes, and reduce collapses two layers at a time."""

from functools import reduce
from itertools import pairwise

import numpy as np


def affine(x, W, b):
    x, W, b = (np.asarray(a, None if np.asarray(a).dtype.kind == "f" else float) for a in (x, W, b))
    if W.ndim != 2 or x.shape[-1:] != W.shape[:1] or b.shape != (W.shape[1],):
        raise ValueError("the shapes do not fit together")
    return np.einsum("...i,io->...o", x, W) + b


def collapse_linear(layers):
    if not layers:
        raise ValueError("there are no layers")
    for W, b in layers:
        affine(np.zeros(len(W)), W, b)
    floats = [
        tuple(np.array(p, None if np.asarray(p).dtype.kind == "f" else float) for p in pair)
        for pair in layers
    ]
    return reduce(lambda one, two: (one[0] @ two[0], one[1] @ two[0] + two[1]), floats)


def count_params(sizes):
    return sum(o + i * o for i, o in pairwise(sizes))
