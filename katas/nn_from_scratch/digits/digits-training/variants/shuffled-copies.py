"""Slices of shuffled copies; the loss of an epoch is taken while it runs; a list of batches."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    n, inputs = split.X_train.shape
    network = NeuralNetwork(inputs, hidden_size, 10, rng, "relu")
    first = network.loss(split.X_train, split.y_train)
    history = []
    for epoch in range(1, epochs + 1):
        order = np.arange(n)
        rng.shuffle(order)
        X, y = split.X_train[order], split.y_train[order]
        total = 0.0
        for start in range(0, n, batch_size):
            rows = slice(start, start + batch_size)
            total += network.loss(X[rows], y[rows]) * len(X[rows])
            network.backward(X=X[rows], y=y[rows], learning_rate=learning_rate)
        history.append(total / n)
        if on_epoch:
            on_epoch(epoch, history[-1])
    share = accuracy(network, split.X_test, split.y_test)
    return Report(network, np.array(history), first, share)


def accuracy(network, X, y):
    y = np.asarray(y)
    if y.ndim != 1 or len(y) != len(X):
        raise ValueError("one label for each sample is needed")
    if len(y) == 0:
        raise ValueError("no samples")
    return np.mean(np.argmax(network.forward(X), axis=-1) == y)


def minibatches(n, batch_size, rng):
    if batch_size <= 0:
        raise ValueError("batch_size must be positive")
    order = np.arange(n)
    rng.shuffle(order)
    return np.split(order, range(batch_size, n, batch_size))
