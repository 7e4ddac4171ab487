"""Minibatch training, short and vectorised."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..layers.two_layer import NeuralNetwork
from .data import Split
from .report import Report


def train_digits(
    split: Split,
    rng: np.random.Generator,
    hidden_size: int = 64,
    epochs: int = 60,
    batch_size: int = 32,
    learning_rate: float = 0.5,
    on_epoch: Callable[[int, float], None] | None = None,
) -> Report:
    X, y = split.X_train, split.y_train
    network = NeuralNetwork(X.shape[1], hidden_size, 10, rng, hidden="relu")
    initial_loss = network.loss(X, y)
    losses = []
    for epoch in range(1, epochs + 1):
        for batch in minibatches(len(X), batch_size, rng):
            network.backward(X[batch], y[batch], learning_rate)
        losses.append(network.loss(X, y))
        if on_epoch is not None:
            on_epoch(epoch, losses[-1])
    return Report(
        network=network,
        losses=losses,
        initial_loss=initial_loss,
        accuracy=accuracy(network, split.X_test, split.y_test),
    )


def accuracy(network: NeuralNetwork, X: ArrayLike, y: ArrayLike) -> float:
    labels = np.asarray(y)
    count = len(np.asarray(X))
    if count == 0:
        raise ValueError("no samples to take a share of")
    if labels.shape != (count,):
        raise ValueError(f"y must be ({count},), got shape {labels.shape}")
    return float(np.mean(np.argmax(network.forward(X), axis=1) == labels))


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[NDArray[np.integer]]:
    if batch_size < 1:
        raise ValueError(f"batch_size must be at least 1, got {batch_size}")
    order = rng.permutation(n)
    return (order[i : i + batch_size] for i in range(0, n, batch_size))
