"""Each box is a step up and a step down; the first and the last box reach beyond the interval."""

import numpy as np

from ..activations.logistic import sigmoid
from ..forward.affine import affine


def step_neuron(s, w):
    return float(w), -float(w) * float(s)


def bump_network(f, a, b, n, sharpness):
    if a >= b or sharpness <= 0:
        raise ValueError("an empty interval, or a sharpness that is not positive")
    width = (b - a) / n
    W1, b1, W2 = [], [], []
    for i in range(n):
        left, right = a + i * width, a + (i + 1) * width
        height = f((left + right) / 2)
        if i == 0:
            left -= 2 * width
        if i == n - 1:
            right += 2 * width
        for s, change in ((left, height), (right, -height)):
            weight, bias = step_neuron(s, sharpness)
            W1.append(weight)
            b1.append(bias)
            W2.append(change)
    return np.array([W1]), np.array(b1), np.array(W2, dtype=float)[:, None], np.zeros(1)


def run_network(network, x):
    x = np.array(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("x is not (N,)")
    W1, b1, W2, b2 = network
    return affine(sigmoid(affine(x.reshape(-1, 1), W1, b1)), W2, b2).reshape(-1)


def tower(x, box, w):
    x = np.array(x, dtype=float)
    if x.ndim != 2 or x.shape[1] != 2:
        raise ValueError("x is not (N, 2)")
    if box[0] >= box[1] or box[2] >= box[3]:
        raise ValueError("an empty box")
    total = 0.0
    for column, low, high in ((0, box[0], box[1]), (1, box[2], box[3])):
        for s, sign in ((low, 1), (high, -1)):
            weight, bias = step_neuron(s, w)
            total = total + sign * sigmoid(weight * x[:, column] + bias)
    return sigmoid(w * (total - 1.5))
