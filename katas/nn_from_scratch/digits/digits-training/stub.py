"""Train the two-layer network on handwritten digits, and count how many it reads rightly."""

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
    """Train a new network on the training part of a split by plain minibatch gradient descent.

    The network has a ReLU hidden layer with a He start and ten classes. Each epoch visits every
    training sample exactly once, in an order of its own. The test part is looked at only when
    training is over, and nothing about the training depends on it.

    Args:
        split: ``X_train`` (N, D), ``y_train`` (N,), ``X_test`` (M, D), ``y_test`` (M,), the
            pixels scaled to 0..1, the labels 0 to 9. Not changed.
        rng: where the first weights and the orders come from; the same state gives the same
            report.
        hidden_size: the number of hidden neurons.
        epochs: how often to go through the training part.
        batch_size: the number of samples of one step; the last batch of an epoch may be shorter.
        learning_rate: the step length on the mean loss of a batch.
        on_epoch: called after each epoch with its number, from 1, and its loss, so that a program
            can show progress.

    Returns:
        A Report: the network, the training loss after each epoch and before the first, and the
        accuracy on the test part.
    """
    raise NotImplementedError("kata digits-training: train_digits is yours to write")


def accuracy(network: NeuralNetwork, X: ArrayLike, y: ArrayLike) -> float:
    """Return the share of samples whose most probable class is their label, from 0 to 1.

    Args:
        network: anything with ``forward(X)`` that gives probabilities (N, C).
        X: samples (N, D).
        y: labels (N,).

    Raises:
        ValueError: there are no samples, or y has another shape than (N,). A column (N, 1) would
            be compared with every prediction, not with its own.
    """
    raise NotImplementedError("kata digits-training: accuracy is yours to write")


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[NDArray[np.integer]]:
    """Deal the numbers 0 to n - 1 out in random order, ``batch_size`` at a time.

    Every number comes exactly once; the last batch holds what is left over and may be shorter.
    Indices are dealt, not samples, so that X and y cannot be shuffled apart.

    Raises:
        ValueError: ``batch_size`` is less than 1.
    """
    raise NotImplementedError("kata digits-training: minibatches is yours to write")
