"""The perceptron learning rule: find weights and bias from examples, one mistake at a time."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def fit_perceptron(
    X: ArrayLike, y: ArrayLike, epochs: int = 100, lr: float = 1.0
) -> tuple[NDArray[np.float64], float, list[int]]:
    """Learn the weights and the bias of a perceptron from samples and their labels.

    Weights and bias start at 0. In each epoch the samples are visited in the given order. For each
    sample the answer is ``step(w · x + b)``, with the current weights and bias; at a net input of 0
    it is 1. Then, before the next sample:

    ``w ← w + lr (y - answer) x`` and ``b ← b + lr (y - answer)``

    Training stops after the first epoch without a mistake, or after ``epochs`` epochs.

    Args:
        X: N samples of n numbers, one per row, (N, n). Not changed. N may be 0.
        y: N labels, 0 or 1, (N,). Not changed.
        epochs: how often the samples are visited at most.
        lr: the learning rate, a positive number.

    Returns:
        ``(w, b, history)``: the weights, a new float64 array (n,); the bias; and the number of
        mistakes in each epoch that was run. If the last number is 0, all samples are learned.

    Raises:
        ValueError: X is not (N, n), or y does not have one label per sample.

    Source: F. Rosenblatt, Principles of Neurodynamics, 1962; the proof that it ends, for separable
    samples: A. Novikoff, On convergence proofs on perceptrons, 1962.
    """
    raise NotImplementedError("kata perceptron-learning: fit_perceptron is not written yet")
