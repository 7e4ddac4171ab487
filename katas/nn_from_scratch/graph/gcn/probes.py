"""Functions that run in the process of the learner's layer."""

import numpy as np

from ..layers.dense import Dense
from . import gcn as module


def write_params(layer, W: np.ndarray, b: np.ndarray) -> None:
    """Write weights and biases into the arrays of the layer, as an optimizer does."""
    layer.params["W"][...] = W
    layer.params["b"][...] = b


def zeros_in_the_same_arrays(layer) -> dict[str, bool]:
    """Call zero_grad, and return for each gradient whether an array held before is now zero."""
    held = dict(layer.grads)
    layer.zero_grad()
    return {
        name: bool(np.all(array == 0) and layer.grads[name] is array)
        for name, array in held.items()
    }


def drawn_by_dense(units_in: int, units_out: int, seed: int) -> np.ndarray:
    """Return the weights of a new dense layer."""
    return Dense(units_in, units_out, np.random.default_rng(seed)).params["W"]


def train(
    A: np.ndarray, known: list, labels: np.ndarray, hidden: int, steps: int, lr: float, seed: int
) -> list:
    """Train two layers on a graph whose nodes have no features, and return their parameters.

    The loss is the mean cross-entropy of the known nodes.
    """
    rng = np.random.default_rng(seed)
    n = len(A)
    first = module.GCNLayer(n, hidden, rng)
    second = module.GCNLayer(hidden, 2, rng, relu=False)
    features, A_hat = np.eye(n), module.normalize_adjacency(A)
    for _ in range(steps):
        step([first, second], features, A_hat, known, labels, lr)
    return [{name: array.copy() for name, array in x.params.items()} for x in (first, second)]


def step(layers: list, features: np.ndarray, A_hat: np.ndarray, known, labels, lr: float):
    """Take one step of gradient descent, and return the scores before it."""
    first, second = layers
    scores = second.forward(first.forward(features, A_hat, training=True), A_hat, training=True)
    own = scores[known]
    powers = np.exp(own - own.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    dout = np.zeros(scores.shape)
    dout[known] = (probabilities - np.eye(scores.shape[1])[labels]) / len(labels)
    for layer in layers:
        layer.zero_grad()
    first.backward(second.backward(dout))
    for layer in layers:
        for name, array in layer.params.items():
            array -= lr * layer.grads[name]
    return scores


def scores_after(
    A: np.ndarray, known: list, labels: np.ndarray, hidden: int, steps: list, lr: float, seed: int
) -> list:
    """Train as `train` does, and return the scores of all nodes after some numbers of steps."""
    rng = np.random.default_rng(seed)
    layers = [module.GCNLayer(len(A), hidden, rng), module.GCNLayer(hidden, 2, rng, relu=False)]
    features, A_hat = np.eye(len(A)), module.normalize_adjacency(A)
    found = [step(layers, features, A_hat, known, labels, lr).copy() for _ in range(max(steps) + 1)]
    return [found[count] for count in steps]
