"""A subclass takes the steps itself, in place; the batches hold their row numbers in order."""

import numpy as np

from ..layers.two_layer import NeuralNetwork
from .report import Report


class Trainee(NeuralNetwork):
    def learn(self, images, labels, rate):
        hidden = np.maximum(images @ self.W1 + self.b1, 0.0)
        logits = hidden @ self.W2 + self.b2
        delta = np.exp(logits - logits.max(axis=1, keepdims=True))
        delta /= delta.sum(axis=1, keepdims=True)
        loss = -np.log(delta[np.arange(len(labels)), labels]).sum()
        delta[np.arange(len(labels)), labels] -= 1.0
        delta *= rate / len(labels)
        back = delta @ self.W2.T * (hidden > 0)
        self.W1 -= images.T @ back
        self.b1 -= back.sum(axis=0)
        self.W2 -= hidden.T @ delta
        self.b2 -= delta.sum(axis=0)
        return loss


def train_digits(
    split, rng, hidden_size=64, epochs=60, batch_size=32, learning_rate=0.5, on_epoch=None
):
    X, y = split.X_train, split.y_train
    network = Trainee(X.shape[1], hidden_size, 10, rng, "relu")
    initial_loss, losses = network.loss(X, y), []
    for epoch in range(epochs):
        total = 0.0
        for rows in minibatches(len(X), batch_size, rng):
            total += network.learn(X[rows], y[rows], learning_rate)
        losses.append(total / len(X))
        if on_epoch is not None:
            on_epoch(epoch + 1, losses[-1])
    return Report(network, losses, initial_loss, accuracy(network, split.X_test, split.y_test))


def accuracy(network, X, y):
    labels = np.array(y)
    if len(X) == 0 or labels.shape != (len(X),):
        raise ValueError("one label per sample is needed, and a sample")
    return float(np.equal(network.forward(X).argmax(axis=1), labels).mean())


def minibatches(n, batch_size, rng):
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    left = set(range(n))
    while left:
        batch = rng.permutation(sorted(left))[:batch_size]
        left -= set(batch.tolist())
        yield np.sort(batch)
