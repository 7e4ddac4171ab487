"""Right: two neurons per box, the outer ones moved one width out, and a sigmoid of its own."""

import numpy as np


def _sigma(z):
    return 0.5 * (1.0 + np.tanh(0.5 * z))


def step_neuron(s, w):
    return (float(w), float(-(w * s)))


def bump_network(f, a, b, n, sharpness):
    if b <= a:
        raise ValueError("b must be above a")
    if sharpness <= 0:
        raise ValueError("sharpness must be above 0")
    h = (b - a) / n
    w, bias, out = [], [], []
    for k in range(n):
        left = a + k * h - (h if k == 0 else 0)
        right = a + (k + 1) * h + (h if k == n - 1 else 0)
        y = float(f(a + k * h + h / 2))
        for place, height in ((left, y), (right, -y)):
            ww, bb = step_neuron(place, sharpness)
            w.append(ww)
            bias.append(bb)
            out.append([height])
    return np.array([w]), np.array(bias), np.array(out), np.array([0.0])


def run_network(network, x):
    W1, b1, W2, b2 = network
    x = np.asarray(x, dtype=np.float64)
    if len(x.shape) != 1:
        raise ValueError("x is not a vector")
    return np.dot(_sigma(np.outer(x, W1[0]) + b1), W2)[:, 0] + b2[0]


def tower(x, box, w):
    x = np.asarray(x, dtype=np.float64)
    if len(x.shape) != 2 or x.shape[1] != 2:
        raise ValueError("x is not a list of points")
    a0, b0, a1, b1 = box
    if a0 >= b0 or a1 >= b1:
        raise ValueError("the box is empty")
    p, q = x[:, 0], x[:, 1]
    inside = _sigma(w * (p - a0)) + _sigma(w * (b0 - p)) + _sigma(w * (q - a1)) + _sigma(w * (b1 - q))
    return _sigma(w * (inside - 3.5))
