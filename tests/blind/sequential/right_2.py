"""A network as a list of layers. The choices of compile are kept together in a Plan."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from ..forward.batch import batches, predict_in_batches
from ..layers.activation import Softmax
from ..losses.regression import mse, mse_grad
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam
from ..optim.sgd import SGD
from .pipeline import iterate_minibatches


@dataclass
class Plan:
    value: Callable
    slope: Callable
    from_logits: bool
    optimizer: Any
    accuracy: bool


class Averages:
    """Means over samples, from means over batches."""

    def __init__(self):
        self.sums, self.samples = defaultdict(float), 0

    def add(self, n, **means):
        self.samples += n
        for name, mean in means.items():
            self.sums[name] += n * float(mean)

    def result(self):
        return {name: total / self.samples for name, total in self.sums.items()}


class Sequential:
    def __init__(self, layers=()):
        self.layers = [*layers]
        self.plan = None

    def add(self, layer):
        self.layers.append(layer)

    def _named(self, attribute):
        return {
            f"{i}.{name}": array
            for i, layer in enumerate(self.layers)
            for name, array in getattr(layer, attribute).items()
        }

    @property
    def params(self):
        return self._named("params")

    @property
    def grads(self):
        return self._named("grads")

    def zero_grad(self):
        for layer in self.layers:
            layer.zero_grad()

    def _outputs(self, x, training):
        """What each layer returns."""
        outs = []
        for layer in self.layers:
            x = layer.forward(x, training=training)
            outs.append(x)
        return outs

    def forward(self, x, training=False):
        return self._outputs(x, training)[-1]

    def backward(self, dout):
        for layer in self.layers[::-1]:
            dout = layer.backward(dout)
        return dout

    def compile(self, loss, optimizer="sgd", metrics=()):
        if loss == "mse":
            functions = mse, mse_grad, False
        elif loss == "categorical_crossentropy":
            functions = softmax_cross_entropy, softmax_cross_entropy_grad, True
        else:
            raise ValueError(f"unknown loss {loss!r}")
        if isinstance(optimizer, str):
            if optimizer not in ("sgd", "adam"):
                raise ValueError(f"unknown optimizer {optimizer!r}")
            optimizer = Adam() if optimizer == "adam" else SGD(lr=0.01)
        metrics = list(metrics)
        if any(m != "accuracy" for m in metrics):
            raise ValueError(f"unknown metrics {metrics}")
        self.plan = Plan(*functions, optimizer, bool(metrics))

    def _before_softmax(self):
        return self.plan.from_logits and isinstance(self.layers[-1], Softmax)

    def _measure(self, x, y, training=False):
        outs = self._outputs(x, training)
        scores = outs[-1]
        if self._before_softmax():
            scores = outs[-2] if len(outs) > 1 else x
        found = {"loss": self.plan.value(scores, y)}
        if self.plan.accuracy:
            labels = y if y.ndim == 1 else y.argmax(axis=1)
            found["accuracy"] = np.mean(outs[-1].argmax(axis=1) == labels)
        return found, scores

    def _checked(self, X, Y, batch_size):
        if self.plan is None:
            raise RuntimeError("compile first")
        X, Y = np.asarray(X), np.asarray(Y)
        if len(X) != len(Y) or len(X) == 0:
            raise ValueError(f"{len(X)} samples and {len(Y)} targets")
        if batch_size < 1:
            raise ValueError("batch_size must be 1 or more")
        return X, Y

    def fit(
        self, X, Y, epochs=1, batch_size=32, validation_data=None, rng=None, on_epoch=None
    ):
        X, Y = self._checked(X, Y, batch_size)
        names = ["loss", "accuracy"] if self.plan.accuracy else ["loss"]
        if validation_data is not None:
            names += ["val_" + name for name in names]
        history = {name: [] for name in names}
        numbers = np.arange(len(X))
        for epoch in range(1, epochs + 1):
            averages = Averages()
            for x, rows in iterate_minibatches(X, numbers, batch_size, rng):
                averages.add(len(x), **self._step(x, Y[rows]))
            newest = averages.result()
            if validation_data is not None:
                measured = self.evaluate(*validation_data, batch_size)
                newest |= zip(["val_loss", "val_accuracy"], measured)
            for name in names:
                history[name].append(newest[name])
            if on_epoch is not None:
                on_epoch(epoch, newest)
        return history

    def _step(self, x, y):
        self.zero_grad()
        found, scores = self._measure(x, y, training=True)
        dout = self.plan.slope(scores, y)
        last = len(self.layers) - self._before_softmax()
        for layer in reversed(self.layers[:last]):
            dout = layer.backward(dout)
        self.plan.optimizer.step(list(self.params.values()), list(self.grads.values()))
        return found

    def evaluate(self, X, Y, batch_size=32):
        X, Y = self._checked(X, Y, batch_size)
        averages = Averages()
        for part in batches(len(X), batch_size):
            averages.add(len(X[part]), **self._measure(X[part], Y[part])[0])
        return tuple(averages.result().values())

    def predict(self, X, batch_size=32):
        return predict_in_batches(self.forward, X, batch_size)

    def summary(self):
        rows = [
            (type(layer).__name__, sum(p.size for p in layer.params.values()))
            for layer in self.layers
        ]
        rows.append(("total", sum(count for _, count in rows)))
        return "\n".join(f"{name:<24}{count:>10}" for name, count in rows)
