"""Wrong: a shorter last batch takes a shorter step, learning_rate times its share of a full one."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, "relu")
    report = {"initial_loss": network.loss(X, y), "losses": []}
    for epoch in range(1, epochs + 1):
        for batch in minibatches(len(X), batch_size, rng):
            # every sample shall count the same
            step = learning_rate * len(batch) / batch_size
            network.backward(X[batch], y[batch], step)
        loss = network.loss(X, y)
        report["losses"].append(loss)
        if on_epoch is not None:
            on_epoch(epoch, loss)
    report["accuracy"] = accuracy(network, split.X_test, split.y_test)
    return Report(network=network, **report)


def accuracy(network, X, y):
    X, y = np.asarray(X), np.asarray(y)
    if len(X) == 0 or y.shape != (len(X),):
        raise ValueError("X and y do not fit, or are empty")
    hits = [int(p.argmax() == label) for p, label in zip(network.forward(X), y, strict=True)]
    return sum(hits) / len(hits)


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    order = rng.permutation(n)
    number = -(-n // batch_size)
    for i in range(number):
        yield order[i * batch_size : (i + 1) * batch_size]
