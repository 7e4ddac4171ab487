"""The result of training a Sequential on the digits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .sequential import Sequential


@dataclass(frozen=True, eq=False)
class Result:
    """A trained model, what was measured before and during its training, and its test.

    Attributes:
        model: the model after the last epoch.
        initial_loss: the mean loss of the training set before the first step.
        history: what ``fit`` returned.
        accuracy: the fraction of the test set that the model classifies correctly, 0 to 1.
        confusion: the confusion matrix of the test set, (10, 10).
    """

    model: Sequential
    initial_loss: float
    history: dict[str, list[float]]
    accuracy: float
    confusion: NDArray[np.int64]
