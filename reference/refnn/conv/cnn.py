"""A convolutional network that reads handwritten digits with few parameters."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..digits.sequential import Sequential
from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from ..optim.adam import Adam
from .backward import Conv2D
from .pool import Flatten, MaxPool2D

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
        self.params = {}
        self.grads = {}
        self._sides = (rows, columns)
        self._count: int | None = None

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the samples as images, (N, 1, H, W).

        Args:
            x: floats (N, H * W), the pixels of each image row by row. N may be 0.
            training: remember for ``backward`` what it needs. A call without it does not change
                what an earlier call remembered.

        Raises:
            ValueError: ``x`` is not (N, H * W).
        """
        samples = np.asarray(x)
        rows, columns = self._sides
        if samples.shape[1:] != (rows * columns,):
            raise ValueError(f"x must be (N, {rows * columns}), got the shape {samples.shape}")
        if training:
            self._count = len(samples)
        return samples.reshape(len(samples), 1, rows, columns)

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, H * W).

        Args:
            dout: the upstream gradient d(loss)/d(output), floats (N, 1, H, W), for the samples of
                the last call to ``forward`` with ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` does not have the shape of the output.
        """
        if self._count is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dout)
        rows, columns = self._sides
        if upstream.shape != (self._count, 1, rows, columns):
            raise ValueError(f"dout must have the shape of the output, got {upstream.shape}")
        return upstream.reshape(self._count, rows * columns)

    def zero_grad(self) -> None:
        """Do nothing: there are no gradients to set to zero."""


def param_count(model: Sequential) -> int:
    """Return how many numbers a model learns: all entries of all arrays in ``model.params``."""
    return sum(int(np.size(array)) for array in model.params.values())


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
    window, pad = (3, 3), 1
    model = Sequential(
        [
            ToImages(8, 8),
            Conv2D(1, 8, window, rng, pad=pad),
            ReLU(),
            MaxPool2D(2),
            Conv2D(8, 16, window, rng, pad=pad),
            ReLU(),
            MaxPool2D(2),
            Flatten(),
            Dense(64, 10, rng),
            Softmax(),
        ]
    )
    model.params["8.W"][...] *= 0.1
    model.compile("categorical_crossentropy", Adam())
    return model


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
    model = build_cnn(rng)
    for lr, count in ((0.015, epochs - 3 * epochs // 8), (0.003, 3 * epochs // 8)):
        model.compile("categorical_crossentropy", Adam(lr=lr))
        model.fit(X, y, count, batch_size=48, rng=rng)
    return model
