"""Loops over numbers, with a sigmoid of its own and one pair at a time."""

import math

import numpy as np


def net_1_1_1(w1, w2, x):
    with np.errstate(over="ignore"):
        hidden = 1 / (1 + np.exp(-np.asarray(w1, float) * x))
        return 1 / (1 + np.exp(-np.asarray(w2, float) * hidden))


def logit_gradients(z, y):
    z, y = np.asarray(z), np.asarray(y)
    if z.ndim != 1 or z.shape != y.shape:
        raise ValueError("z and y must be (N,)")
    squared, entropy = np.zeros(len(z)), np.zeros(len(z))
    for n in range(len(z)):
        t = math.exp(-abs(z[n]))
        p = (1 if z[n] >= 0 else t) / (1 + t)
        entropy[n] = p - y[n]
        squared[n] = 2 * (p - y[n]) * p * (1 - p)
    return squared, entropy


def surface(loss, w1, w2):
    if np.ndim(w1) != 1 or np.ndim(w2) != 1:
        raise ValueError("w1 and w2 have one axis")
    heights = np.empty((len(w2), len(w1)))
    for i, up in enumerate(w2):
        for j, across in enumerate(w1):
            heights[i, j] = loss(float(across), float(up))
    return heights


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    for _ in range(tries):
        a = box * (2 * rng.random(2) - 1)
        b = box * (2 * rng.random(2) - 1)
        mean = 0.5 * loss(a[0], a[1]) + 0.5 * loss(b[0], b[1])
        gap = loss((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) - mean
        if gap > 1e-3:
            return a, b, float(gap)
    return None


def strict_local_minima(Z):
    Z = np.asarray(Z)
    if Z.ndim != 2:
        raise ValueError("Z has two axes")
    found = []
    for i in range(1, Z.shape[0] - 1):
        for j in range(1, Z.shape[1] - 1):
            around = [Z[i + k, j + m] for k in (-1, 0, 1) for m in (-1, 0, 1) if k or m]
            if Z[i, j] < min(around):
                found.append([i, j])
    return found
