"""Each branch only where it is used, by masks, and nothing from other katas."""

import numpy as np


def elu(x, gamma=1.0):
    out = _copy(x)
    left = out <= 0
    out[left] = gamma * np.expm1(out[left])
    return out


def elu_grad(x, gamma=1.0):
    x = _copy(x)
    out = np.ones_like(x)
    out[x <= 0] = elu(x[x <= 0], gamma) + gamma
    return out


def softplus(x):
    x = _copy(x)
    out = np.empty_like(x)
    right = x > 0
    out[right] = x[right] + np.log1p(np.exp(-x[right]))
    out[~right] = np.log1p(np.exp(x[~right]))
    return out


def softplus_grad(x):
    # sigmoid by its own stable form
    return np.exp(-softplus(-_copy(x)))


def _copy(x):
    x = np.array(x)
    return x if x.dtype.kind == "f" else x.astype(float)
