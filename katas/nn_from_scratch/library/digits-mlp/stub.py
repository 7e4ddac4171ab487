"""Build, train and test a network, made with your own library, on handwritten digits."""

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..digits.data import Split
from .result import Result
from .sequential import Sequential


def build_model(rng: np.random.Generator) -> Sequential:
    """Return a new model for images (N, 64) with pixels from 0 to 1, and ten classes.

    The model is compiled with "categorical_crossentropy". Its last layer is a ``Softmax``; the
    layers before it are ``Dense``, ``ReLU``, ``Tanh``, ``Sigmoid`` or ``Dropout``, as many and as
    large as you like. Before training, its loss on the digits is within 5 % of ln 10 = 2.303.

    Args:
        rng: the only source of random numbers, including those for the layers.
    """
    raise NotImplementedError("kata digits-mlp: build_model is not written yet")


def train_model(
    split: Split,
    rng: np.random.Generator,
    epochs: int = 20,
    on_epoch: Callable[[int, dict[str, float]], None] | None = None,
) -> Result:
    """Train a new model from ``build_model`` on the training set, and test it once.

    The test set is used only after the last step, and nothing in the training depends on it. Each
    epoch uses the training samples in a new order.

    Args:
        split: ``X_train`` (N, 64), ``y_train`` (N,), ``X_test`` (M, 64), ``y_test`` (M,), as
            ``digits/data.py`` makes it. It is not changed.
        rng: draws the initial weights, the orders and what the layers draw. The same state gives
            the same result.
        epochs: how often the training set is used. With 0, the model keeps its initial weights. You
            choose the default.
        on_epoch: passed on to ``fit``, to show progress.

    Returns:
        A Result. ``digits/result.py`` says what is in it.
    """
    raise NotImplementedError("kata digits-mlp: train_model is not written yet")


def confusion_matrix(y: ArrayLike, pred: ArrayLike, classes: int = 10) -> NDArray[np.int64]:
    """Count how often each class was predicted as each class.

    Args:
        y: the labels, N integers from 0 to ``classes - 1``. N may be 0.
        pred: the predicted classes, N integers in the same range.
        classes: the number of classes, C.

    Returns:
        Integers (C, C): in row i and column j, the number of samples of class i that were
        predicted as class j.

    Raises:
        ValueError: ``y`` and ``pred`` are not both (N,), or a class is below 0 or above C - 1.
    """
    raise NotImplementedError("kata digits-mlp: confusion_matrix is not written yet")


def measure_new_writers(
    splits: Iterable[Split], rng: np.random.Generator, epochs: int = 20
) -> NDArray[np.float64]:
    """Return the accuracy of a new model for each split, on the test set of that split.

    In each split, the test set is the images of a writer who is not in the training set. So each
    split needs a model that has never seen this writer.

    Args:
        splits: K splits, for example ``writer_split(k)`` for k = 0 ... 13.
        rng: passed to ``train_model``, for one split after the other.
        epochs: passed to ``train_model``.

    Returns:
        K accuracies, (K,). K may be 0.
    """
    raise NotImplementedError("kata digits-mlp: measure_new_writers is not written yet")
