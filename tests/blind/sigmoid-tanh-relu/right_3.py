"""Right: np.piecewise, and a decorator for the dtype."""

import functools

import numpy as np


def elementwise(f):
    @functools.wraps(f)
    def wrapped(x):
        x = np.asarray(x)
        kind = x.dtype if np.issubdtype(x.dtype, np.floating) else np.float64
        return f(x.astype(kind)).astype(kind)

    return wrapped


@elementwise
def sigmoid(x):
    return np.piecewise(
        x, [x >= 0], [lambda v: 1 / (1 + np.exp(-v)), lambda v: np.exp(v) / (1 + np.exp(v))]
    )


@elementwise
def sigmoid_grad(x):
    return sigmoid(x) * sigmoid(-x)


@elementwise
def tanh(x):
    return np.tanh(x)


@elementwise
def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


@elementwise
def relu(x):
    return (x + abs(x)) / 2 if np.all(np.isfinite(x)) else np.fmax(x, 0) + 0 * np.where(np.isnan(x), x, 0)


@elementwise
def relu_grad(x):
    return (x > 0) * 1.0


def saturation(f_grad, tol=1e-3, at=50.0):
    ends = f_grad(np.array([-at, at], dtype=float))
    left = bool(-tol < ends[0] < tol)
    right = bool(-tol < ends[1] < tol)
    return {(True, True): "both", (True, False): "left", (False, True): "right"}.get(
        (left, right), "none"
    )
