"""Right: edges and heights in lists, one step per inner edge."""

import numpy as np

from ..activations.logistic import sigmoid
from ..forward.affine import affine


def step_neuron(s, w):
    weight = float(w)
    bias = -weight * float(s)
    return weight, bias


def bump_network(f, a, b, n, sharpness):
    if a >= b:
        raise ValueError("a must be smaller than b")
    if sharpness <= 0:
        raise ValueError("sharpness must be positive")
    width = (b - a) / n
    heights = [f(float(a + (i + 0.5) * width)) for i in range(n)]
    W1 = np.zeros((1, n - 1))
    b1 = np.zeros(n - 1)
    W2 = np.zeros((n - 1, 1))
    for i in range(1, n):
        W1[0, i - 1], b1[i - 1] = step_neuron(a + i * width, sharpness)
        W2[i - 1, 0] = heights[i] - heights[i - 1]
    b2 = np.array([heights[0]], dtype=float)
    return W1, b1, W2, b2


def run_network(network, x):
    x = np.asarray(x, dtype=float)
    if x.ndim != 1:
        raise ValueError("x must be one-dimensional")
    W1, b1, W2, b2 = network
    hidden = sigmoid(affine(x[:, None], W1, b1))
    out = affine(hidden, W2, b2)
    return out[:, 0].copy()


def tower(x, box, w):
    x = np.asarray(x, dtype=float)
    if x.ndim != 2 or x.shape[1] != 2:
        raise ValueError("x must be (N, 2)")
    l0, h0, l1, h1 = box
    if l0 >= h0 or l1 >= h1:
        raise ValueError("low must be below high")
    neurons = [step_neuron(s, w) for s in (l0, h0, l1, h1)]
    W1 = np.zeros((2, 4))
    W1[0, 0], W1[0, 1] = neurons[0][0], neurons[1][0]
    W1[1, 2], W1[1, 3] = neurons[2][0], neurons[3][0]
    b1 = np.array([n[1] for n in neurons])
    hidden = sigmoid(affine(x, W1, b1))
    W2 = np.array([[w], [-w], [w], [-w]], dtype=float)
    b2 = np.array([-1.5 * w])
    return sigmoid(affine(hidden, W2, b2))[:, 0]
