"""The steps fall: the output bias is the last height, and four conditions must hold in a tower."""

import numpy as np

from ..activations.logistic import sigmoid


def step_neuron(s, w):
    return (float(w), float(-(w * s)))


def bump_network(f, a, b, n, sharpness):
    if not b > a:
        raise ValueError("empty interval")
    if not sharpness > 0:
        raise ValueError("not sharp")
    width = (b - a) / n
    heights = [float(f(float(a + (i + 0.5) * width))) for i in range(n)]
    neurons = [step_neuron(a + (i + 1) * width, -float(sharpness)) for i in range(n - 1)]
    W1 = np.array([[weight for weight, _ in neurons]])
    b1 = np.array([bias for _, bias in neurons])
    W2 = np.array([[heights[i] - heights[i + 1]] for i in range(n - 1)])
    return W1, b1, W2, np.array([heights[-1]])


def run_network(network, x):
    x = np.asarray(x)
    if x.ndim != 1:
        raise ValueError("x must have one axis")
    W1, b1, W2, b2 = network
    z = np.multiply.outer(x.astype(float), W1[0]) + b1
    return sigmoid(z) @ W2[:, 0] + b2[0]


def tower(x, box, w):
    x = np.asarray(x).astype(float)
    if x.ndim != 2 or x.shape[1] != 2:
        raise ValueError("x must have two columns")
    low, high = np.array(box, dtype=float).reshape(2, 2).T
    if (low >= high).any():
        raise ValueError("empty box")
    above = sigmoid(w * (x - low))
    below = sigmoid(-w * (x - high))
    return sigmoid(w * (above.sum(axis=1) + below.sum(axis=1) - 3.5))
