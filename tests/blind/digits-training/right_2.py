"""Minibatch training in plain loops; minibatches is a generator that checks when it is started."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..layers.two_layer import NeuralNetwork
from .data import Split
from .report import Report

CLASSES = 10


def train_digits(
    split: Split,
    rng: np.random.Generator,
    hidden_size: int = 64,
    epochs: int = 60,
    batch_size: int = 32,
    learning_rate: float = 0.5,
    on_epoch: Callable[[int, float], None] | None = None,
) -> Report:
    n, pixels = split.X_train.shape
    net = NeuralNetwork(pixels, hidden_size, CLASSES, rng, "relu")
    before = float(net.loss(split.X_train, split.y_train))
    losses: list[float] = []

    epoch = 0
    while epoch < epochs:
        epoch += 1
        for rows in minibatches(n, batch_size, rng):
            images = split.X_train[rows]
            labels = split.y_train[rows]
            net.backward(images, labels, learning_rate)
        loss = float(net.loss(split.X_train, split.y_train))
        losses.append(loss)
        if on_epoch:
            on_epoch(epoch, loss)

    share = accuracy(net, split.X_test, split.y_test)
    return Report(network=net, losses=losses, initial_loss=before, accuracy=share)


def accuracy(network: NeuralNetwork, X: ArrayLike, y: ArrayLike) -> float:
    X = np.asarray(X)
    y = np.asarray(y)
    if len(X) == 0 or y.shape != (len(X),):
        raise ValueError(f"need one label a sample, and a sample: {X.shape}, {y.shape}")
    right = 0
    for probabilities, label in zip(network.forward(X), y, strict=True):
        best = 0
        for digit in range(1, len(probabilities)):
            if probabilities[digit] > probabilities[best]:
                best = digit
        if best == label:
            right += 1
    return right / len(X)


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[NDArray[np.integer]]:
    if batch_size < 1:
        raise ValueError("batch_size must be at least 1")
    order = np.arange(n)
    rng.shuffle(order)
    start = 0
    while start < n:
        yield order[start : start + batch_size]
        start += batch_size
