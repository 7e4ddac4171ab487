"""Right: numpy throughout, with concatenated neurons."""

import numpy as np

from ..activations.logistic import sigmoid


def step_neuron(s, w):
    return float(w), float(w) * -float(s)


def bump_network(f, a, b, n, sharpness):
    if not (a < b and sharpness > 0):
        raise ValueError("bad interval or sharpness")
    edges = np.linspace(float(a), float(b), int(n) + 1)
    mid = edges[:-1] + np.diff(edges) / 2
    values = np.fromiter((f(m) for m in mid.tolist()), dtype=float, count=n)
    inner = edges[1:n]
    W1 = np.full((1, inner.size), float(sharpness))
    b1 = -sharpness * inner
    W2 = (values[1:] - values[:-1]).reshape(inner.size, 1)
    return W1, b1, W2, values[:1].copy()


def run_network(network, x):
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError(f"expected (N,), got {x.shape}")
    W1, b1, W2, b2 = (np.asarray(p, dtype=np.float64) for p in network)
    h = sigmoid(x.astype(np.float64).reshape(-1, 1) @ W1 + b1)
    return (h @ W2 + b2).ravel()


def tower(x, box, w):
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] != 2:
        raise ValueError(f"expected (N, 2), got {x.shape}")
    for low, high in (box[:2], box[2:]):
        if low >= high:
            raise ValueError("empty range")
    total = np.zeros(len(x))
    for axis in (0, 1):
        low, high = box[2 * axis], box[2 * axis + 1]
        total += sigmoid(w * (x[:, axis] - low)) - sigmoid(w * (x[:, axis] - high))
    return sigmoid(w * (total - 1.5))
