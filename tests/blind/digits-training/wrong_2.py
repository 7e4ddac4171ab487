"""Wrong: the initial loss is taken on the test part, before training has even begun."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    n = len(split.y_train)
    network = NeuralNetwork(split.X_train.shape[1], hidden_size, 10, rng, hidden="relu")
    initial_loss = network.loss(split.X_test, split.y_test)
    losses = []
    for epoch in range(1, epochs + 1):
        running = 0.0
        for batch in minibatches(n, batch_size, rng):
            xb, yb = split.X_train[batch], split.y_train[batch]
            running += network.loss(xb, yb) * len(batch)
            network.backward(xb, yb, learning_rate)
        loss = running / n
        losses.append(loss)
        if on_epoch:
            on_epoch(epoch, loss)
    acc = accuracy(network, split.X_test, split.y_test)
    return Report(network=network, losses=losses, initial_loss=initial_loss, accuracy=acc)


def accuracy(network, X, y):
    y = np.array(y)
    n = len(X)
    if n == 0 or y.shape != (n,):
        raise ValueError(f"{n} samples, y has the shape {y.shape}")
    guesses = np.argmax(network.forward(X), axis=1)
    return int(np.sum(guesses == y)) / n


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size < 1")
    order = list(range(n))
    rng.shuffle(order)
    order = np.array(order, dtype=int)
    for begin in range(0, n, batch_size):
        yield order[begin : begin + batch_size]
