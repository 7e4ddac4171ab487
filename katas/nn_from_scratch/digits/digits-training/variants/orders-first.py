"""All orders are drawn before the network is made; a class returns the batches."""

import numpy as np

from ..layers import two_layer
from . import report


class Deck:
    def __init__(self, order, batch_size):
        if batch_size < 1:
            raise ValueError("a batch needs at least one sample")
        self.order = list(map(int, order))
        self.batch_size = batch_size

    def __iter__(self):
        return self

    def __next__(self):
        if not self.order:
            raise StopIteration
        batch, self.order = self.order[: self.batch_size], self.order[self.batch_size :]
        return np.array(batch)


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = np.asarray(split.X_train), np.asarray(split.y_train)
    orders = [rng.choice(len(X), size=len(X), replace=False) for _ in range(epochs)]
    network = two_layer.NeuralNetwork(
        input_size=X.shape[1], hidden_size=hidden_size, output_size=10, rng=rng, hidden="relu"
    )
    losses = []
    initial_loss = network.loss(X, y)
    for epoch, order in enumerate(orders):
        parts = []
        for batch in Deck(order, batch_size):
            mine = np.take(X, batch, axis=0), np.take(y, batch)
            network.backward(*mine, learning_rate)
            parts += [network.loss(*mine)] * len(batch)
        losses.append(np.mean(parts))
        if on_epoch is not None:
            on_epoch(epoch + 1, losses[epoch])
    return report.Report(
        network=network,
        losses=losses,
        initial_loss=initial_loss,
        accuracy=accuracy(network, split.X_test, split.y_test),
    )


def accuracy(network, X, y):
    labels, probs = np.asarray(y), network.forward(X)
    if labels.shape != probs.shape[:1]:
        raise ValueError("there must be one label for each sample")
    if labels.size == 0:
        raise ValueError("there must be a sample")
    return float(np.count_nonzero(probs.argmax(1) == labels) / labels.size)


def minibatches(n, batch_size, rng):
    return Deck(rng.choice(n, size=n, replace=False), batch_size)
