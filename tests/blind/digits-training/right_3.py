"""Minibatch training: orders by sorting random keys, and the loss as the mean while it runs."""

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..layers.two_layer import NeuralNetwork
from .data import Split
from .report import Report


def _epoch(
    network: NeuralNetwork,
    X: NDArray[np.floating],
    y: NDArray[np.integer],
    batch_size: int,
    learning_rate: float,
    rng: np.random.Generator,
) -> float:
    """Go through all samples once; return the mean of their losses just before their step."""
    parts = []
    for batch in minibatches(len(X), batch_size, rng):
        X_batch, y_batch = X[batch], y[batch]
        parts.append(network.loss(X_batch, y_batch) * len(batch))
        network.backward(X_batch, y_batch, learning_rate)
    return math.fsum(parts) / len(X)


def train_digits(
    split: Split,
    rng: np.random.Generator,
    hidden_size: int = 64,
    epochs: int = 60,
    batch_size: int = 32,
    learning_rate: float = 0.5,
    on_epoch: Callable[[int, float], None] | None = None,
) -> Report:
    X = np.array(split.X_train)
    y = np.array(split.y_train)
    network = NeuralNetwork(
        input_size=X.shape[1], hidden_size=hidden_size, output_size=10, rng=rng, hidden="relu"
    )
    initial_loss = network.loss(X, y)
    losses: list[float] = []
    for number in range(1, epochs + 1):
        loss = _epoch(network, X, y, batch_size, learning_rate, rng)
        losses.append(loss)
        if on_epoch is not None:
            on_epoch(number, loss)
    test = accuracy(network, split.X_test, split.y_test)
    return Report(network=network, losses=losses, initial_loss=initial_loss, accuracy=test)


def accuracy(network: NeuralNetwork, X: ArrayLike, y: ArrayLike) -> float:
    samples, labels = np.asarray(X), np.asarray(y)
    if samples.shape[0] == 0:
        raise ValueError("accuracy of no samples")
    if labels.shape != samples.shape[:1]:
        raise ValueError(f"{samples.shape[0]} samples, labels of shape {labels.shape}")
    probs = np.asarray(network.forward(samples))
    return int(np.count_nonzero(probs.argmax(axis=1) == labels)) / labels.size


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[NDArray[np.integer]]:
    if batch_size < 1:
        raise ValueError(f"a batch of {batch_size} samples is none")
    if n == 0:
        return iter(())
    order = np.argsort(rng.random(n))
    return iter(np.split(order, range(batch_size, n, batch_size)))
