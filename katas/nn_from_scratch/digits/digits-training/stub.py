"""Train the two-layer network on handwritten digits, and measure its accuracy."""

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
    """Train a new network on the training set of a split by mini-batch gradient descent.

    The network has a ReLU hidden layer, He initialization and ten classes. Each epoch uses every
    training sample exactly once, in a new order. The test set is used only after the last step,
    and nothing in the training depends on it.

    Args:
        split: ``X_train`` (N, D), ``y_train`` (N,), ``X_test`` (M, D), ``y_test`` (M,), the
            pixels scaled to 0..1, the labels 0 to 9. Not changed.
        rng: draws the initial weights and the orders; the same state gives the same report.
        hidden_size: the number of hidden neurons.
        epochs: the number of passes over the training set.
        batch_size: the number of samples per step; the last batch of an epoch may be shorter.
        learning_rate: the factor of the gradient of a batch's mean loss; 0 is allowed, and leaves
            the weights as they were drawn.
        on_epoch: called after each epoch with its number, from 1, and its loss, to show progress.

    Returns:
        A Report: the network after the last epoch, the mean training loss of each epoch, the
        training loss before the first step, and the accuracy on the test set.
    """
    raise NotImplementedError("kata digits-training: train_digits is not written yet")


def accuracy(network: NeuralNetwork, X: ArrayLike, y: ArrayLike) -> float:
    """Return the fraction of samples whose most probable class is their label, from 0 to 1.

    Args:
        network: any object with ``forward(X)`` that returns probabilities (N, C).
        X: samples (N, D).
        y: labels (N,).

    Raises:
        ValueError: there are no samples, or the shape of y is not (N,). numpy would compare each
            label of a column (N, 1) with every prediction.
    """
    raise NotImplementedError("kata digits-training: accuracy is not written yet")


def minibatches(n: int, batch_size: int, rng: np.random.Generator) -> Iterator[NDArray[np.integer]]:
    """Yield the numbers 0 to n - 1 in random order, in arrays of ``batch_size`` numbers.

    Every number occurs exactly once; the last batch contains the rest and may be shorter. The
    numbers select rows of X and of y alike, so images and labels stay together.

    Raises:
        ValueError: ``batch_size`` is less than 1.
    """
    raise NotImplementedError("kata digits-training: minibatches is not written yet")
