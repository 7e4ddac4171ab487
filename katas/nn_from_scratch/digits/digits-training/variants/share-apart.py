"""Counts the test images in a function of its own, and draws the batches in the loop."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, hidden="relu")
    initial_loss = network.loss(X, y)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            network.backward(X[batch], y[batch], learning_rate)
        losses[epoch] = network.loss(X, y)
        if on_epoch is not None:
            on_epoch(epoch + 1, float(losses[epoch]))
    return Report(network, losses, initial_loss, _share(network, split.X_test, split.y_test))


def accuracy(network, X, y):
    predictions = network.forward(X).argmax(axis=1)
    labels = np.asarray(y)
    if labels.shape != predictions.shape or len(labels) == 0:
        raise ValueError(f"{len(predictions)} samples need as many labels, got {labels.shape}")
    return float((predictions == labels).mean())


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch needs at least one sample, got batch_size = {batch_size}")
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]


def _share(network, X, y):
    return float((network.forward(X).argmax(axis=1) == y).mean())
