"""A network as a list of layers that trains itself, in the style of Keras.

A Sequential has the methods and attributes of a layer. So a network can be a layer of another one.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..forward.batch import accuracy, batches, predict_classes, predict_in_batches
from ..layers.activation import Softmax
from ..losses.regression import mse, mse_grad
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam
from ..optim.sgd import SGD
from .pipeline import iterate_minibatches

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
        self.layers = list(layers)
        self._optimizer: Any = None
        self._loss = ""
        self._metrics: tuple[str, ...] = ()

    def add(self, layer: Any) -> None:
        """Append a layer. It gets the outputs of the layer that was the last one before."""
        self.layers.append(layer)

    @property
    def params(self) -> dict[str, Any]:
        """The parameters of all layers: "0.W" is the array "W" of ``layers[0]``.

        They are the arrays of the layers themselves, so a change in place takes effect.
        """
        return {
            f"{i}.{k}": v for i, layer in enumerate(self.layers) for k, v in layer.params.items()
        }

    @property
    def grads(self) -> dict[str, Any]:
        """The gradients of all layers, with the keys of ``params`` in the same order."""
        return {
            f"{i}.{name}": layer.grads[name]
            for i, layer in enumerate(self.layers)
            for name in layer.params
        }

    def forward(self, x: ArrayLike, training: bool = False) -> Any:
        """Return the outputs of the last layer for the samples ``x``.

        Args:
            x: samples, (N, ...) as the first layer takes them.
            training: passed on to every layer.
        """
        return _forward(self.layers, x, training)

    def backward(self, dout: ArrayLike) -> Any:
        """Return d(loss)/dx, and let every layer add to its gradients.

        Args:
            dout: d(loss)/d(output of the last layer), for the samples of the last call to
                ``forward`` with ``training=True``.
        """
        return _backward(self.layers, dout)

    def zero_grad(self) -> None:
        """Set the gradients of all layers to zero, in place."""
        for layer in self.layers:
            layer.zero_grad()

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
        if loss not in _LOSSES:
            raise ValueError(f"loss must be one of {', '.join(_LOSSES)}, got {loss!r}")
        if isinstance(optimizer, str):
            if optimizer not in ("sgd", "adam"):
                raise ValueError(f'optimizer must be "sgd" or "adam", got {optimizer!r}')
            optimizer = Adam() if optimizer == "adam" else SGD(lr=0.01)
        names = tuple(metrics)
        if not set(names) <= {"accuracy"}:
            raise ValueError(f'"accuracy" is the only metric, got {names}')
        self._loss, self._optimizer, self._metrics = loss, optimizer, names

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
        if self._optimizer is None:
            raise RuntimeError("fit needs a compile before it")
        samples, targets = _pair(X, Y)
        names = ["loss", *self._metrics]
        if validation_data is not None:
            names += [f"val_{name}" for name in names]
        history: dict[str, list[float]] = {name: [] for name in names}
        for epoch in range(epochs):
            scores, order = [], []
            for x, rows in iterate_minibatches(samples, np.arange(len(samples)), batch_size, rng):
                scores.append(self._learn(x, targets[rows]))
                order.append(rows)
            # One call for all samples takes less time than one for each minibatch.
            values = self._measure(np.concatenate(scores), targets[np.concatenate(order)])
            if validation_data is not None:
                values += self.evaluate(*validation_data, batch_size)
            for name, value in zip(names, values, strict=True):
                history[name].append(value)
            if on_epoch is not None:
                on_epoch(epoch + 1, dict(zip(names, values, strict=True)))
        return history

    def evaluate(self, X: ArrayLike, Y: ArrayLike, batch_size: int = 32) -> tuple[float, ...]:
        """Return ``(loss,)``, or ``(loss, accuracy)`` if accuracy is a metric.

        Both are means over all N samples: ``batch_size`` changes the memory that is needed, but not
        the result. Nothing is trained.

        Raises:
            RuntimeError: there was no ``compile``.
            ValueError: as for ``fit``.
        """
        if self._optimizer is None:
            raise RuntimeError("evaluate needs a compile before it")
        samples, targets = _pair(X, Y)
        sums = np.zeros(1 + len(self._metrics))
        for part in batches(len(samples), batch_size):
            scores = _forward(self._layers_of_the_loss(), samples[part], False)
            sums += len(scores) * np.array(self._measure(scores, targets[part]))
        return tuple((sums / len(samples)).tolist())

    def predict(self, X: ArrayLike, batch_size: int = 32) -> _Array:
        """Return the outputs of the last layer for the samples ``X``, in their order.

        It needs no ``compile``. N may be 0.

        Raises:
            ValueError: ``batch_size`` is below 1.
        """
        return predict_in_batches(self.forward, X, batch_size)

    def summary(self) -> str:
        """Return a table as text: class name and number of parameters of each layer, and the total.

        There is one line per layer, and the total is in the last line. Numbers are written without
        separators: 17226.
        """
        rows = [
            (type(layer).__name__, sum(np.size(v) for v in layer.params.values()))
            for layer in self.layers
        ]
        rows.append(("total", sum(count for _, count in rows)))
        return "\n".join(f"{name:<16}{count:>10}" for name, count in rows)

    def _layers_of_the_loss(self) -> list[Any]:
        """Return the layers whose outputs the loss is computed from."""
        fused = self._loss == "categorical_crossentropy" and isinstance(self.layers[-1], Softmax)
        return self.layers[:-1] if fused else self.layers

    def _learn(self, x: _Array, y: _Array) -> _Array:
        """Take one step, and return the scores before it."""
        layers = self._layers_of_the_loss()
        self.zero_grad()
        scores: _Array = _forward(layers, x, True)
        _backward(layers, _LOSSES[self._loss][1](scores, y))
        arrays = [(layer.params[k], layer.grads[k]) for layer in self.layers for k in layer.params]
        self._optimizer.step([p for p, _ in arrays], [g for _, g in arrays])
        return scores

    def _measure(self, scores: _Array, y: _Array) -> list[float]:
        """Return the loss and the metrics of some samples."""
        values = [_LOSSES[self._loss][0](scores, y)]
        if self._metrics:
            labels = y if y.ndim == 1 else predict_classes(y)
            values.append(accuracy(predict_classes(scores), labels))
        return values


_LOSSES: dict[str, tuple[Callable[[Any, Any], float], Callable[[Any, Any], Any]]] = {
    "categorical_crossentropy": (softmax_cross_entropy, softmax_cross_entropy_grad),
    "mse": (mse, mse_grad),
}


def _forward(layers: list[Any], x: Any, training: bool) -> Any:
    for layer in layers:
        x = layer.forward(x, training=training)
    return x


def _backward(layers: list[Any], dout: Any) -> Any:
    for layer in reversed(layers):
        dout = layer.backward(dout)
    return dout


def _pair(X: ArrayLike, Y: ArrayLike) -> tuple[_Array, _Array]:
    samples, targets = np.asarray(X), np.asarray(Y)
    if samples.shape[:1] != targets.shape[:1] or not len(samples):
        raise ValueError(f"samples and targets: got the shapes {samples.shape}, {targets.shape}")
    return samples, targets
