"""Every network is run for one sample at a time, with the exponential of a number below 0."""

import math

import numpy as np


def squash(z):
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def step_neuron(s, w):
    return float(w), float(-s * w)


def bump_network(f, a, b, n, sharpness):
    if a >= b:
        raise ValueError(f"[{a}, {b}] is empty")
    if sharpness <= 0:
        raise ValueError(f"sharpness {sharpness}")
    edges = [a + (b - a) * i / n for i in range(n + 1)]
    heights = [f((edges[i] + edges[i + 1]) / 2) for i in range(n)]
    W1 = np.zeros((1, n - 1))
    b1 = np.zeros(n - 1)
    W2 = np.zeros((n - 1, 1))
    for i in range(n - 1):
        W1[0, i], b1[i] = step_neuron(edges[i + 1], sharpness)
        W2[i, 0] = heights[i + 1] - heights[i]
    return W1, b1, W2, np.array([heights[0]], dtype=float)


def run_network(network, x):
    W1, b1, W2, b2 = network
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError("one number per sample was expected")
    results = []
    for number in x.tolist():
        y = float(b2[0])
        for j in range(len(b1)):
            y += squash(float(W1[0, j]) * number + float(b1[j])) * float(W2[j, 0])
        results.append(y)
    return np.array(results, dtype=float)


def tower(x, box, w):
    x = np.asarray(x)
    if x.ndim != 2 or x.shape[-1] != 2:
        raise ValueError("two numbers per sample were expected")
    left, right, low, high = box
    if left >= right or low >= high:
        raise ValueError("the box is empty")
    results = []
    for p, q in x.tolist():
        total = squash(w * (p - left)) + squash(w * (right - p))
        total += squash(w * (q - low)) + squash(w * (high - q))
        results.append(squash(w * (total - 3.5)))
    return np.array(results, dtype=float)
