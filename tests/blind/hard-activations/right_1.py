"""Right: loops over a flat list."""

import numpy as np


def _each(f, x):
    x = np.asarray(x)
    t = x.dtype if x.dtype.kind == "f" else np.float64
    out = np.zeros(x.shape, t)
    for i, v in np.ndenumerate(x):
        out[i] = f(v)
    return out


def hard_sigmoid(x, slope=0.25):
    def one(v):
        y = slope * v + 0.5
        if y < 0:
            return 0
        if y > 1:
            return 1
        return y

    return _each(one, x)


def hard_sigmoid_grad(x, slope=0.25):
    return _each(lambda v: slope if 0 <= slope * v + 0.5 <= 1 else 0, x)


def hard_tanh(x):
    return _each(lambda v: -1 if v < -1 else 1 if v > 1 else v, x)


def hard_tanh_grad(x):
    return _each(lambda v: float(-1 <= v <= 1), x)
