"""Wrong: count_params starts with the biases of the inputs."""

import numpy as np


def _as_float(a):
    a = np.asarray(a)
    return a if np.issubdtype(a.dtype, np.floating) else a.astype(float)


def affine(x, W, b):
    x, W, b = map(_as_float, (x, W, b))
    if W.ndim != 2:
        raise ValueError(f"W has shape {W.shape}")
    n_in, n_out = W.shape
    if x.ndim == 0 or x.shape[-1] != n_in:
        raise ValueError(f"x has shape {x.shape}, W needs {n_in} inputs")
    if b.shape != (n_out,):
        raise ValueError(f"b has shape {b.shape}, not ({n_out},)")
    return np.add(np.matmul(x, W), b)


def collapse_linear(layers):
    layers = list(layers)
    if not layers:
        raise ValueError("nothing to collapse")
    W, b = (np.array(_as_float(a)) for a in layers[0])
    affine(np.zeros(W.shape[0]), W, b)
    for W2, b2 in layers[1:]:
        W, b = np.matmul(W, _as_float(W2)), affine(b, W2, b2)
    return W, b


def count_params(sizes):
    return sizes[0] + sum(
        sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 1)
    )
