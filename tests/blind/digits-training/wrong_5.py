"""Wrong: the number of classes is counted in the training labels instead of being ten."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = split.X_train, split.y_train
    classes = int(y.max()) + 1
    network = NeuralNetwork(X.shape[1], hidden_size, classes, rng, hidden="relu")
    initial_loss = network.loss(X, y)
    losses = []
    for epoch in range(1, epochs + 1):
        for batch in minibatches(len(y), batch_size, rng):
            network.backward(X[batch], y[batch], learning_rate)
        losses.append(network.loss(X, y))
        if on_epoch:
            on_epoch(epoch, losses[-1])
    return Report(
        network=network,
        losses=losses,
        initial_loss=initial_loss,
        accuracy=accuracy(network, split.X_test, split.y_test),
    )


def accuracy(network, X, y):
    y = np.asarray(y)
    if len(X) == 0:
        raise ValueError("no samples")
    if y.shape != (len(X),):
        raise ValueError(f"y must be ({len(X)},), not {y.shape}")
    predictions = network.forward(X).argmax(axis=-1)
    return float(np.mean(predictions == y))


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    order = rng.permutation(n)
    cuts = list(range(0, n, batch_size))
    return (order[cut : cut + batch_size] for cut in cuts)
