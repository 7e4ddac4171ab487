"""The seven machines of refnn/machines.py written directly in numpy: no layers, no shape checks.

Each function has the architecture, the optimizer, the batches and the epochs of the machine of the
same name, and returns its predictions for the test part. The forward and backward passes are
written by hand for this one model.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

Array = np.ndarray[Any, Any]
DIGITS = 10


def mini_batches(split: Any, rng: np.random.Generator) -> Array:
    """Train 64-64-10 by gradient descent; the loss of all images is computed after each epoch."""
    X, y = split.X_train, split.y_train
    W1, b1, W2, b2 = he(rng, 64, 64), np.zeros(64), he(rng, 64, DIGITS), np.zeros(DIGITS)
    for _ in range(60):
        for rows in batches(rng, len(X), 32):
            x = X[rows]
            h = np.maximum(x @ W1 + b1, 0.0)
            d = softmax_gradient(h @ W2 + b2, y[rows])
            dh = (d @ W2.T) * (h > 0)
            W2 -= 0.5 * (h.T @ d)
            b2 -= 0.5 * d.sum(axis=0)
            W1 -= 0.5 * (x.T @ dh)
            b1 -= 0.5 * dh.sum(axis=0)
        cross_entropy(np.maximum(X @ W1 + b1, 0.0) @ W2 + b2, y)
    return (np.maximum(split.X_test @ W1 + b1, 0.0) @ W2 + b2).argmax(axis=1)


def sequential(split: Any, rng: np.random.Generator) -> Array:
    """Train 64-128-64-10 with momentum; the loss of each batch is computed too."""
    X, y = split.X_train, split.y_train
    sizes = (64, 128, 64, DIGITS)
    W = [he(rng, i, o) for i, o in itertools.pairwise(sizes)]
    W[2] *= 0.1
    b = [np.zeros(o) for o in sizes[1:]]
    params = [*W, *b]
    velocity = [np.zeros_like(p) for p in params]
    for _ in range(40):
        for rows in batches(rng, len(X), 32):
            x, labels = X[rows], y[rows]
            h1 = np.maximum(x @ W[0] + b[0], 0.0)
            h2 = np.maximum(h1 @ W[1] + b[1], 0.0)
            z = h2 @ W[2] + b[2]
            cross_entropy(z, labels)
            d3 = softmax_gradient(z, labels)
            d2 = (d3 @ W[2].T) * (h2 > 0)
            d1 = (d2 @ W[1].T) * (h1 > 0)
            gradients = [x.T @ d1, h1.T @ d2, h2.T @ d3, *(d.sum(axis=0) for d in (d1, d2, d3))]
            for p, v, g in zip(params, velocity, gradients, strict=True):
                v *= 0.9
                v += g
                p -= 0.1 * v
    h = np.maximum(np.maximum(split.X_test @ W[0] + b[0], 0.0) @ W[1] + b[1], 0.0)
    return (h @ W[2] + b[2]).argmax(axis=1)


def convolutional(split: Any, rng: np.random.Generator) -> Array:
    """Train 8 and 16 filters of 3 x 3 with pooling, by Adam with batches of 48."""
    X, y = split.X_train, split.y_train
    p = [
        he(rng, 9, 8), np.zeros(8), he(rng, 72, 16), np.zeros(16),
        0.1 * he(rng, 64, DIGITS), np.zeros(DIGITS),
    ]  # fmt: skip
    for lr, epochs in ((0.015, 10), (0.003, 6)):
        optimizer = Adam(p, lr)
        for _ in range(epochs):
            for rows in batches(rng, len(X), 48):
                x, n = X[rows].reshape(-1, 1, 8, 8), len(rows)
                columns1, z1, m1, h1 = _filter_and_pool(x, p[0], p[1])
                columns2, z2, m2, h2 = _filter_and_pool(h1, p[2], p[3])
                flat = h2.reshape(n, 64)
                z = flat @ p[4] + p[5]
                cross_entropy(z, y[rows])
                d = softmax_gradient(z, y[rows])
                d2 = _unpool((d @ p[4].T).reshape(h2.shape), z2, m2)
                d1 = _unpool(_spread(d2 @ p[2].T, h1.shape), z1, m1)
                optimizer.step(
                    [
                        columns1.T @ d1, d1.sum(axis=0), columns2.T @ d2, d2.sum(axis=0),
                        flat.T @ d, d.sum(axis=0),
                    ]
                )  # fmt: skip
    h1 = _filter_and_pool(split.X_test.reshape(-1, 1, 8, 8), p[0], p[1])[3]
    h2 = _filter_and_pool(h1, p[2], p[3])[3]
    return (h2.reshape(-1, 64) @ p[4] + p[5]).argmax(axis=1)


def _filter_and_pool(x: Array, W: Array, b: Array) -> tuple[Array, Array, Array, Array]:
    """Return the windows as rows, the filter outputs, the pooled outputs, and their places."""
    n, c, rows, cols = x.shape
    wide = np.zeros((n, c, rows + 2, cols + 2))
    wide[:, :, 1:-1, 1:-1] = x
    windows = sliding_window_view(wide, (3, 3), axis=(2, 3))
    columns = windows.transpose(0, 2, 3, 1, 4, 5).reshape(n * rows * cols, c * 9)
    z = (columns @ W + b).reshape(n, rows // 2, 2, cols // 2, 2, len(b))
    blocks = np.maximum(z, 0.0).transpose(0, 5, 1, 3, 2, 4).reshape(n, len(b), rows // 2, -1, 4)
    places = blocks.argmax(axis=4)
    pooled = np.take_along_axis(blocks, places[..., np.newaxis], axis=4)[..., 0]
    return columns, z, places, pooled


def _unpool(d: Array, z: Array, places: Array) -> Array:
    """Return the gradient of the filter outputs, with a row for each window."""
    n, c, rows, cols = d.shape
    blocks = np.zeros((*d.shape, 4))
    np.put_along_axis(blocks, places[..., np.newaxis], d[..., np.newaxis], axis=4)
    spread = blocks.reshape(n, c, rows, cols, 2, 2).transpose(0, 2, 4, 3, 5, 1)
    return (spread * (z > 0)).reshape(-1, c)


def _spread(d_columns: Array, shape: tuple[int, ...]) -> Array:
    """Return the gradient of the images, given the gradient of their windows."""
    n, c, rows, cols = shape
    d = d_columns.reshape(n, rows, cols, c, 3, 3)
    wide = np.zeros((n, c, rows + 2, cols + 2))
    for i in range(3):
        for j in range(3):
            wide[:, :, i : i + rows, j : j + cols] += d[..., i, j].transpose(0, 3, 1, 2)
    return wide[:, :, 1:-1, 1:-1]


def transformer(split: Any, rng: np.random.Generator) -> Array:
    """Train a pre-normalized block over 8 rows, width 32, 4 heads, by Adam."""
    d, wide, heads, T = 32, 64, 4, 8
    p = {
        "embed": xavier(rng, 8, d), "embed_b": np.zeros(d), "g1": np.ones(d), "n1": np.zeros(d),
        "qkv": np.concatenate([xavier(rng, d, d) for _ in range(3)], axis=1),
        "qkv_b": np.zeros(3 * d), "out": xavier(rng, d, d), "out_b": np.zeros(d),
        "g2": np.ones(d), "n2": np.zeros(d), "expand": he(rng, d, wide), "expand_b": np.zeros(wide),
        "contract": he(rng, wide, d), "contract_b": np.zeros(d),
        "head": rng.normal(0, d**-0.5, (d, DIGITS)), "head_b": np.zeros(DIGITS),
    }  # fmt: skip
    angles = np.arange(T)[:, np.newaxis] * 10000 ** (-np.arange(0, d, 2) / d)
    positions = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(T, d)

    def forward(images: Array) -> tuple[Array, ...]:
        n = len(images)
        rows = images.reshape(-1, 8)
        x = (rows @ p["embed"] + p["embed_b"]).reshape(n, T, d) + positions
        u, s1 = _standardize(x)
        a = (u * p["g1"] + p["n1"]).reshape(-1, d)
        qkv = (a @ p["qkv"] + p["qkv_b"]).reshape(n, T, 3, heads, -1).transpose(2, 0, 3, 1, 4)
        scores = qkv[0] @ qkv[1].transpose(0, 1, 3, 2) / (d // heads) ** 0.5
        A = np.exp(scores - scores.max(axis=3, keepdims=True))
        A /= A.sum(axis=3, keepdims=True)
        merged = (A @ qkv[2]).transpose(0, 2, 1, 3).reshape(-1, d)
        h = x + (merged @ p["out"] + p["out_b"]).reshape(x.shape)
        w, s2 = _standardize(h)
        c = (w * p["g2"] + p["n2"]).reshape(-1, d)
        f = np.maximum(c @ p["expand"] + p["expand_b"], 0.0)
        y = h + (f @ p["contract"] + p["contract_b"]).reshape(x.shape)
        mean = y.mean(axis=1)
        return rows, u, s1, a, qkv, A, merged, w, s2, c, f, mean, mean @ p["head"] + p["head_b"]

    def gradients(images: Array, labels: Array) -> list[Array]:
        rows, u, s1, a, qkv, A, merged, w, s2, c, f, mean, z = forward(images)
        g = dict.fromkeys(p)
        dz = softmax_gradient(z, labels)
        g["head"], g["head_b"] = mean.T @ dz, dz.sum(axis=0)
        dy = np.repeat((dz @ p["head"].T / T)[:, np.newaxis], T, axis=1)
        flat = dy.reshape(-1, d)
        g["contract"], g["contract_b"] = f.T @ flat, flat.sum(axis=0)
        df = (flat @ p["contract"].T) * (f > 0)
        g["expand"], g["expand_b"] = c.T @ df, df.sum(axis=0)
        dc = (df @ p["expand"].T).reshape(dy.shape)
        g["g2"], g["n2"] = (dc * w).sum(axis=(0, 1)), dc.sum(axis=(0, 1))
        dh = dy + _standardize_back(dc * p["g2"], w, s2)
        flat = dh.reshape(-1, d)
        g["out"], g["out_b"] = merged.T @ flat, flat.sum(axis=0)
        dm = (flat @ p["out"].T).reshape(len(images), T, heads, -1).transpose(0, 2, 1, 3)
        dA = dm @ qkv[2].transpose(0, 1, 3, 2)
        ds = A * (dA - (dA * A).sum(axis=3, keepdims=True)) / (d // heads) ** 0.5
        d_qkv = np.stack([ds @ qkv[1], ds.transpose(0, 1, 3, 2) @ qkv[0], A.swapaxes(2, 3) @ dm])
        d_rows = d_qkv.transpose(1, 3, 0, 2, 4).reshape(-1, 3 * d)
        g["qkv"], g["qkv_b"] = a.T @ d_rows, d_rows.sum(axis=0)
        da = (d_rows @ p["qkv"].T).reshape(dy.shape)
        g["g1"], g["n1"] = (da * u).sum(axis=(0, 1)), da.sum(axis=(0, 1))
        dx = (dh + _standardize_back(da * p["g1"], u, s1)).reshape(-1, d)
        g["embed"], g["embed_b"] = rows.T @ dx, dx.sum(axis=0)
        return [g[name] for name in p]  # type: ignore[misc]

    X, y = split.X_train, split.y_train
    for lr, epochs in ((0.004, 27), (0.0008, 13)):
        optimizer = Adam(list(p.values()), lr)
        for _ in range(epochs):
            for rows in batches(rng, len(X), 32):
                optimizer.step(gradients(X[rows], y[rows]))
    return forward(split.X_test)[-1].argmax(axis=1)


def _standardize(x: Array) -> tuple[Array, Array]:
    """Return the standardized tokens, and 1 divided by their standard deviations."""
    centred = x - x.mean(axis=-1, keepdims=True)
    scale = 1.0 / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + 1e-5)
    return centred * scale, scale


def _standardize_back(d: Array, u: Array, scale: Array) -> Array:
    """Return the gradient of the input of `_standardize`."""
    mean = d.mean(axis=-1, keepdims=True)
    result: Array = scale * (d - mean - u * (d * u).mean(axis=-1, keepdims=True))
    return result


def recurrent(split: Any, rng: np.random.Generator) -> Array:
    """Train a recurrent layer of 64 units over 8 rows, by Adam."""
    X, y = split.X_train.reshape(-1, 8, 8), split.y_train
    p = [
        xavier(rng, 8, 64), np.linalg.qr(rng.normal(size=(64, 64)))[0], np.zeros(64),
        rng.normal(0, 0.125, (64, DIGITS)), np.zeros(DIGITS),
    ]  # fmt: skip
    for lr, epochs in ((0.005, 14), (0.001, 6)):
        optimizer = Adam(p, lr)
        for _ in range(epochs):
            for rows in batches(rng, len(X), 32):
                x = X[rows]
                h = [np.zeros((len(x), 64))]
                for t in range(8):
                    h.append(np.tanh(x[:, t] @ p[0] + h[-1] @ p[1] + p[2]))
                d = softmax_gradient(h[-1] @ p[3] + p[4], y[rows])
                g = [np.zeros_like(a) for a in p[:3]] + [h[-1].T @ d, d.sum(axis=0)]
                dh = d @ p[3].T
                for t in reversed(range(8)):
                    dz = dh * (1.0 - h[t + 1] ** 2)
                    g[0] += x[:, t].T @ dz
                    g[1] += h[t].T @ dz
                    g[2] += dz.sum(axis=0)
                    dh = dz @ p[1].T
                optimizer.step(g)
    state = np.zeros((len(split.X_test), 64))
    for t in range(8):
        state = np.tanh(split.X_test.reshape(-1, 8, 8)[:, t] @ p[0] + state @ p[1] + p[2])
    return (state @ p[3] + p[4]).argmax(axis=1)


def hopfield(split: Any, rng: np.random.Generator) -> Array:
    """Store templates of 0, 1 and 2, and recall each of their test images, neuron by neuron."""
    mean = split.X_train.mean(axis=0)
    digits = range(3)
    signs = np.array(
        [np.where(split.X_train[split.y_train == k].mean(axis=0) > mean, 1, -1) for k in digits]
    )
    W = signs.T @ signs / 64
    np.fill_diagonal(W, 0.0)
    read = []
    for image in split.X_test[split.y_test < 3]:
        state = np.where(image > mean, 1, -1)
        for _ in range(10):
            before = state.copy()
            for i in rng.permutation(64):
                field = W[i] @ state
                if field:
                    state[i] = 1 if field > 0 else -1
            if (state == before).all():
                break
        read.append(int((signs @ state).argmax()))
    return np.array(read)


def graph(split: Any, rng: np.random.Generator) -> Array:
    """Spread five labels per digit over the graph of the 8 nearest neighbours, with two layers."""
    X = np.concatenate([split.X_train, split.X_test])
    squares = (X**2).sum(axis=1)
    distances = squares[:, np.newaxis] - 2.0 * X @ X.T + squares
    np.fill_diagonal(distances, np.inf)
    near = np.argpartition(distances, 8, axis=1)[:, :8]
    A = np.zeros(distances.shape)
    A[np.arange(len(X))[:, np.newaxis], near] = 1.0
    A = np.maximum(A, A.T) + np.eye(len(X))
    root = 1.0 / np.sqrt(A.sum(axis=1))
    A *= root[:, np.newaxis] * root
    own = [np.flatnonzero(split.y_train == digit) for digit in range(DIGITS)]
    known = np.concatenate([rng.choice(rows, 5, replace=False) for rows in own])
    p = [he(rng, 64, 32), np.zeros(32), he(rng, 32, DIGITS), np.zeros(DIGITS)]
    optimizer = Adam(p, 0.02)
    for _ in range(100):
        spread1 = A @ X
        h = np.maximum(spread1 @ p[0] + p[1], 0.0)
        spread2 = A @ h
        z = spread2 @ p[2] + p[3]
        d = np.zeros(z.shape)
        d[known] = softmax_gradient(z[known], split.y_train[known])
        dh = (A @ (d @ p[2].T)) * (h > 0)
        optimizer.step([spread1.T @ dh, dh.sum(axis=0), spread2.T @ d, d.sum(axis=0)])
    z = A @ np.maximum(A @ X @ p[0] + p[1], 0.0) @ p[2] + p[3]
    return z[len(split.X_train) :].argmax(axis=1)


class Adam:
    """Adam with the usual constants; the parameters are changed in place."""

    def __init__(self, params: list[Array], lr: float) -> None:
        """Start with means of zero."""
        self.params = params
        self.lr = lr
        self.means = [np.zeros_like(p) for p in params]
        self.squares = [np.zeros_like(p) for p in params]
        self.count = 0

    def step(self, gradients: list[Array]) -> None:
        """Move each parameter by one step."""
        self.count += 1
        first, second = 1 - 0.9**self.count, 1 - 0.999**self.count
        for p, m, v, g in zip(self.params, self.means, self.squares, gradients, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            p -= self.lr / first * m / (np.sqrt(v / second) + 1e-8)


def batches(rng: np.random.Generator, n: int, size: int) -> Iterator[Array]:
    """Yield the numbers 0 to n - 1 in a random order, in batches of `size`."""
    order = rng.permutation(n)
    for start in range(0, n, size):
        yield order[start : start + size]


def he(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """Draw weights with the variance 2 / fan_in."""
    return rng.normal(0.0, (2 / fan_in) ** 0.5, (fan_in, fan_out))


def xavier(rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
    """Draw weights with the variance 2 / (fan_in + fan_out)."""
    return rng.normal(0.0, (2 / (fan_in + fan_out)) ** 0.5, (fan_in, fan_out))


def softmax_gradient(z: Array, y: Array) -> Array:
    """Return the gradient of the mean cross-entropy with respect to the scores."""
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1.0
    p /= len(y)
    return p


def cross_entropy(z: Array, y: Array) -> float:
    """Return the mean cross-entropy."""
    z = z - z.max(axis=1, keepdims=True)
    return float((np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(y)), y]).mean())
