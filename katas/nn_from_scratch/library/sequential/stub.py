"""A network as a list of layers that trains itself, in the style of Keras.

A Sequential has the methods and attributes of a layer. So a network can be a layer of another one.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Array = NDArray[Any]


class Sequential:
    """Layers that are called one after the other, with a loss and an optimizer to train them.

    Attributes:
        layers: the list of the layers, in the order of the forward pass. Each of them has the
            methods and attributes of ``Dense``.

    No method changes the samples and targets that it gets. Random numbers come from the ``rng``
    of ``fit`` only (layers may have generators of their own).
    """

    layers: list[Any]

    def __init__(self, layers: Iterable[Any] = ()) -> None:
        """Start with these layers, and without a loss and an optimizer."""
        raise NotImplementedError("kata sequential: Sequential.__init__ is not written yet")

    def add(self, layer: Any) -> None:
        """Append a layer. It gets the outputs of the layer that was the last one before."""
        raise NotImplementedError("kata sequential: Sequential.add is not written yet")

    @property
    def params(self) -> dict[str, Any]:
        """The parameters of all layers: "0.W" is the array "W" of ``layers[0]``.

        They are the arrays of the layers themselves, so a change in place takes effect.
        """
        raise NotImplementedError("kata sequential: Sequential.params is not written yet")

    @property
    def grads(self) -> dict[str, Any]:
        """The gradients of all layers, with the keys of ``params`` in the same order."""
        raise NotImplementedError("kata sequential: Sequential.grads is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> Any:
        """Return the outputs of the last layer for the samples ``x``.

        Args:
            x: samples, (N, ...) as the first layer takes them.
            training: passed on to every layer.
        """
        raise NotImplementedError("kata sequential: Sequential.forward is not written yet")

    def backward(self, dout: ArrayLike) -> Any:
        """Return d(loss)/dx, and let every layer add to its gradients.

        Args:
            dout: d(loss)/d(output of the last layer), for the samples of the last call to
                ``forward`` with ``training=True``.
        """
        raise NotImplementedError("kata sequential: Sequential.backward is not written yet")

    def zero_grad(self) -> None:
        """Set the gradients of all layers to zero, in place."""
        raise NotImplementedError("kata sequential: Sequential.zero_grad is not written yet")

    def compile(self, loss: str, optimizer: Any = "sgd", metrics: Iterable[str] = ()) -> None:
        """Choose what ``fit`` minimizes, how it steps, and what is measured besides the loss.

        Args:
            loss: "categorical_crossentropy" or "mse". For the cross-entropy, the targets are N
                labels (integers), or one-hot rows or other probabilities, (N, C). If the last layer
                is a ``Softmax``, the loss is computed from the logits that this layer gets;
                otherwise the outputs of the last layer are the logits. For "mse", the targets have
                the shape of the outputs.
            optimizer: an object with ``step(params, grads)``, or "sgd" for ``SGD(lr=0.01)``, or
                "adam" for ``Adam()``.
            metrics: nothing, or "accuracy" in a list or tuple: the fraction of the samples whose
                largest output is that of their label.

        Raises:
            ValueError: ``loss``, ``optimizer`` or a metric is not known.
        """
        raise NotImplementedError("kata sequential: Sequential.compile is not written yet")

    def fit(
        self,
        X: ArrayLike,
        Y: ArrayLike,
        epochs: int = 1,
        batch_size: int = 32,
        validation_data: tuple[ArrayLike, ArrayLike] | None = None,
        rng: np.random.Generator | None = None,
        on_epoch: Callable[[int, dict[str, float]], None] | None = None,
    ) -> dict[str, list[float]]:
        """Train: one step of the optimizer per minibatch, along the gradient of its mean loss.

        Each step starts with gradients of zero. A second call continues with the weights and with
        the same optimizer.

        Args:
            X: N samples, (N, ...).
            Y: N targets, as ``compile`` describes them.
            epochs: how often all samples are used. It may be 0.
            batch_size: the number of samples per minibatch; the last one may have fewer.
            validation_data: samples and targets that are evaluated after each epoch. They do not
                take part in the training.
            rng: draws a new order of the samples for each epoch. Without it, they keep their order.
            on_epoch: called after each epoch with its number, from 1, and the newest value of
                everything in the history.

        Returns:
            The history, with one number per epoch in each list. "loss", and "accuracy" if it is a
            metric, are means over all samples, measured in training, on each minibatch before its
            step. With validation data, "val_loss" and "val_accuracy" are what ``evaluate`` returns
            for them after the epoch.

        Raises:
            RuntimeError: there was no ``compile``.
            ValueError: ``X`` and ``Y`` have different lengths or are empty, ``batch_size`` is below
                1, or the targets do not match the outputs.
        """
        raise NotImplementedError("kata sequential: Sequential.fit is not written yet")

    def evaluate(self, X: ArrayLike, Y: ArrayLike, batch_size: int = 32) -> tuple[float, ...]:
        """Return ``(loss,)``, or ``(loss, accuracy)`` if accuracy is a metric.

        Both are means over all N samples: ``batch_size`` changes the memory that is needed, but not
        the result. Nothing is trained.

        Raises:
            RuntimeError: there was no ``compile``.
            ValueError: as for ``fit``.
        """
        raise NotImplementedError("kata sequential: Sequential.evaluate is not written yet")

    def predict(self, X: ArrayLike, batch_size: int = 32) -> _Array:
        """Return the outputs of the last layer for the samples ``X``, in their order.

        It needs no ``compile``. N may be 0.

        Raises:
            ValueError: ``batch_size`` is below 1.
        """
        raise NotImplementedError("kata sequential: Sequential.predict is not written yet")

    def summary(self) -> str:
        """Return a table as text: class name and number of parameters of each layer, and the total.

        There is one line per layer, and the total is in the last line. Numbers are written without
        separators: 17226.
        """
        raise NotImplementedError("kata sequential: Sequential.summary is not written yet")
