"""The result of a training run."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..layers.two_layer import NeuralNetwork


@dataclass(frozen=True, eq=False)
class Report:
    """A trained network, its losses and its accuracy.

    Attributes:
        network: the network after the last epoch.
        losses: the mean training loss of each epoch, (epochs,).
        initial_loss: the mean training loss before the first step.
        accuracy: the fraction of the test set that the network classifies correctly, 0 to 1.
    """

    network: NeuralNetwork
    losses: NDArray[np.float64]
    initial_loss: float
    accuracy: float
