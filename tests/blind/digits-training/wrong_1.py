"""Wrong: range ends at n - 1, so the last sample is lost where it would be a batch of its own."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, hidden="relu")
    initial_loss = network.loss(X, y)
    losses = []
    for epoch in range(epochs):
        for batch in minibatches(len(X), batch_size, rng):
            network.backward(X[batch], y[batch], learning_rate)
        losses.append(network.loss(X, y))
        if on_epoch is not None:
            on_epoch(epoch + 1, losses[-1])
    test_accuracy = accuracy(network, split.X_test, split.y_test)
    return Report(network=network, losses=losses, initial_loss=initial_loss, accuracy=test_accuracy)


def accuracy(network, X, y):
    X, y = np.asarray(X), np.asarray(y)
    if len(X) == 0:
        raise ValueError("no samples")
    if y.shape != (len(X),):
        raise ValueError("y must have the shape (N,)")
    return float((network.forward(X).argmax(axis=1) == y).mean())


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size must be 1 or more")
    indices = rng.permutation(n)
    batches = [indices[i : i + batch_size] for i in range(0, n - 1, batch_size)]
    return iter(batches)
