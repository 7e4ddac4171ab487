"""A convolutional network that reads handwritten digits with few parameters."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..digits.sequential import Sequential

_Floats = NDArray[np.floating[Any]]


class ToImages:
    """Make an image with one channel of each row of pixels, as the first layer of a network.

    Attributes:
        params, grads: empty dicts.

    No method changes its arguments. A result may share memory with an argument.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self, rows: int, columns: int) -> None:
        """Choose the size of the images, H rows and W columns."""
        raise NotImplementedError("kata digits-cnn: ToImages.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the samples as images, (N, 1, H, W).

        Args:
            x: floats (N, H * W), the pixels of each image row by row. N may be 0.
            training: remember for ``backward`` what it needs. A call without it does not change
                what an earlier call remembered.

        Raises:
            ValueError: ``x`` is not (N, H * W).
        """
        raise NotImplementedError("kata digits-cnn: ToImages.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, H * W).

        Args:
            dout: the upstream gradient d(loss)/d(output), floats (N, 1, H, W), for the samples of
                the last call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` does not have the shape of the output.
        """
        raise NotImplementedError("kata digits-cnn: ToImages.backward is not written yet")

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients to set to zero."""
        raise NotImplementedError("kata digits-cnn: ToImages.zero_grad is not written yet")


def param_count(model: Sequential) -> int:
    """Return how many numbers a model learns: all entries of all arrays in ``model.params``."""
    raise NotImplementedError("kata digits-cnn: param_count is not written yet")


def build_cnn(rng: np.random.Generator) -> Sequential:
    """Return a new convolutional model for images (N, 64) of 8 x 8 pixels, and ten classes.

    The pixels are from 0 to 1, row by row. The model has at least one ``Conv2D``, and fewer than
    5000 parameters. It is compiled with "categorical_crossentropy", and its last layer is a
    ``Softmax``. The other layers are ``ToImages``, ``Conv2D``, ``MaxPool2D``, ``AvgPool2D``,
    ``Flatten``, ``Dense``, ``ReLU``, ``Tanh`` or ``Sigmoid``, as many as you like; windows have at
    most 5 rows and columns. Before training, its loss on the digits is within 5 % of
    ln 10 = 2.303.

    Args:
        rng: the only source of random numbers, including those for the layers.
    """
    raise NotImplementedError("kata digits-cnn: build_cnn is not written yet")


def train_cnn(X: ArrayLike, y: ArrayLike, rng: np.random.Generator, epochs: int = 8) -> Sequential:
    """Return a new model from ``build_cnn`` after training on these images.

    Each epoch uses all images, each of them once, in a new order.

    Args:
        X: N images, (N, 64), pixels from 0 to 1, N at least 1. It is not changed.
        y: the digit that each image shows, N integers 0 to 9. It is not changed.
        rng: draws the initial weights, with ``build_cnn``, and then the orders. The same state
            gives the same model.
        epochs: how often the images are used. With 0, the model keeps its initial weights. You
            choose the default.
    """
    raise NotImplementedError("kata digits-cnn: train_cnn is not written yet")
