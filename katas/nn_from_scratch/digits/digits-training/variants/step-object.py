"""A separate object takes the steps; a loss is the mean of the batches' losses after them."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


class Descent:
    def __init__(self, network, rate):
        self.network = network
        self.rate = rate

    def __call__(self, *, images, labels):
        gradients = self.network.gradients(X=images, y=labels)
        for name, gradient in gradients.items():
            setattr(self.network, name, getattr(self.network, name) - self.rate * gradient)
        return self.network.loss(X=images, y=labels)


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, hidden="relu")
    step = Descent(network, learning_rate)
    initial_loss = network.loss(X, y)
    losses = ()
    for epoch in range(1, epochs + 1):
        batches = list(minibatches(len(X), batch_size, rng))
        seen = [step(images=X[batch], labels=y[batch]) for batch in batches]
        losses = (*losses, np.mean(seen))
        if on_epoch is not None:
            on_epoch(epoch, losses[-1])
    share = accuracy(network, split.X_test, split.y_test)
    return Report(network, losses, initial_loss, share)


def accuracy(network, X, y):
    y = np.asarray(y)
    if y.ndim != 1 or y.size != len(X) or y.size == 0:
        raise ValueError(f"{len(X)} samples, labels of shape {y.shape}")
    return np.mean([p.argmax() == label for p, label in zip(network.forward(X), y, strict=True)])


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError(f"a batch of {batch_size}")
    order = list(range(n))
    rng.shuffle(order)
    for first in range(0, n, batch_size):
        yield np.array(order[first : first + batch_size])
