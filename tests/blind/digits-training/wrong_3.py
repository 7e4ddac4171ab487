"""Wrong: accuracy ravels y, so a column of labels is counted rightly instead of being refused."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    net = NeuralNetwork(split.X_train.shape[1], hidden_size, 10, rng, hidden="relu")

    def train_loss():
        return net.loss(split.X_train, split.y_train)

    initial, losses = train_loss(), []
    for epoch in range(epochs):
        for idx in minibatches(len(split.X_train), batch_size, rng):
            net.backward(split.X_train[idx], split.y_train[idx], learning_rate)
        losses.append(train_loss())
        if on_epoch is not None:
            on_epoch(epoch + 1, losses[epoch])
    return Report(
        network=net,
        losses=losses,
        initial_loss=initial,
        accuracy=accuracy(net, split.X_test, split.y_test),
    )


def accuracy(network, X, y):
    y = np.ravel(y)
    if len(X) == 0:
        raise ValueError("there are no samples")
    if len(y) != len(X):
        raise ValueError("X and y differ in length")
    return float(np.mean(np.argmax(network.forward(X), axis=1) == y))


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size must be positive")
    left = rng.permutation(n)
    while len(left) > 0:
        yield left[:batch_size]
        left = left[batch_size:]
