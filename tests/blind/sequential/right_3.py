"""Right: a list of (name, layer) pairs, two nested Sequentials for the part before the Softmax."""

import numpy as np

from ..forward.batch import accuracy, batches, predict_classes
from ..layers.activation import Softmax
from ..losses.regression import mse, mse_grad
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam
from ..optim.sgd import SGD
from .pipeline import iterate_minibatches

KNOWN = {
    "categorical_crossentropy": [softmax_cross_entropy, softmax_cross_entropy_grad],
    "mse": [mse, mse_grad],
}


class Sequential:
    def __init__(self, layers=()):
        self.layers = []
        self._choice = None
        for layer in layers:
            self.add(layer)

    def add(self, layer):
        self.layers.append(layer)

    def _pairs(self):
        return [
            (f"{place}.{name}", layer, name)
            for place, layer in enumerate(self.layers)
            for name in layer.params
        ]

    @property
    def params(self):
        return {key: layer.params[name] for key, layer, name in self._pairs()}

    @property
    def grads(self):
        return {key: layer.grads[name] for key, layer, name in self._pairs()}

    def forward(self, x, training=False):
        out = np.asarray(x)
        for layer in self.layers:
            out = layer.forward(out, training)
        return out

    def backward(self, dout):
        back = np.asarray(dout)
        for place in range(len(self.layers) - 1, -1, -1):
            back = self.layers[place].backward(back)
        return back

    def zero_grad(self):
        for _, layer, name in self._pairs():
            layer.grads[name].fill(0.0)

    def compile(self, loss, optimizer="sgd", metrics=()):
        if loss not in KNOWN:
            raise ValueError("loss: " + ", ".join(KNOWN))
        if isinstance(optimizer, str):
            by_name = {"sgd": lambda: SGD(lr=0.01), "adam": lambda: Adam()}
            if optimizer not in by_name:
                raise ValueError("optimizer: sgd, adam")
            optimizer = by_name[optimizer]()
        metrics = list(metrics)
        if metrics not in ([], ["accuracy"]):
            raise ValueError("metrics: accuracy")
        self._choice = {"loss": loss, "optimizer": optimizer, "metrics": metrics}

    def _scorer(self):
        """The layers that the loss looks at, as a model of their own."""
        cut = self._choice["loss"] == "categorical_crossentropy"
        cut = cut and isinstance(self.layers[-1], Softmax)
        return Sequential(self.layers[: len(self.layers) - cut])

    def _score(self, out, target):
        result = {"loss": KNOWN[self._choice["loss"]][0](out, target)}
        if self._choice["metrics"]:
            true = target if target.ndim == 1 else predict_classes(target)
            result["accuracy"] = accuracy(predict_classes(out), true)
        return result

    def _check(self, X, Y, batch_size):
        if self._choice is None:
            raise RuntimeError("this model is not compiled")
        if len(X) == 0 or len(X) != len(Y) or batch_size < 1:
            raise ValueError("data or batch size")

    def fit(
        self, X, Y, epochs=1, batch_size=32, validation_data=None, rng=None, on_epoch=None
    ):
        X, Y = np.asarray(X), np.asarray(Y)
        self._check(X, Y, batch_size)
        scorer, gradient = self._scorer(), KNOWN[self._choice["loss"]][1]
        names = ["loss", *self._choice["metrics"]]
        if validation_data is not None:
            names += ["val_" + name for name in names]
        history = {name: [] for name in names}
        for number in range(epochs):
            sums = dict.fromkeys(names, 0.0)
            for rows, _ in iterate_minibatches(
                np.arange(len(X)), np.arange(len(X)), batch_size, rng
            ):
                scorer.zero_grad()
                out = scorer.forward(X[rows], training=True)
                for name, value in self._score(out, Y[rows]).items():
                    sums[name] += value * len(rows) / len(X)
                scorer.backward(gradient(out, Y[rows]))
                self._choice["optimizer"].step(
                    [layer.params[name] for _, layer, name in self._pairs()],
                    [layer.grads[name] for _, layer, name in self._pairs()],
                )
            if validation_data is not None:
                values = self.evaluate(*validation_data, batch_size=batch_size)
                for name, value in zip(["loss", *self._choice["metrics"]], values, strict=True):
                    sums["val_" + name] = value
            for name in names:
                history[name].append(sums[name])
            if on_epoch is not None:
                on_epoch(number + 1, dict(sums))
        return history

    def evaluate(self, X, Y, batch_size=32):
        X, Y = np.asarray(X), np.asarray(Y)
        self._check(X, Y, batch_size)
        scorer = self._scorer()
        values = dict.fromkeys(["loss", *self._choice["metrics"]], 0.0)
        for part in batches(len(X), batch_size):
            for name, value in self._score(scorer.forward(X[part]), Y[part]).items():
                values[name] += value * len(X[part]) / len(X)
        return tuple(values.values())

    def predict(self, X, batch_size=32):
        X = np.asarray(X)
        parts = [self.forward(X[part]) for part in batches(len(X), batch_size)]
        return np.concatenate(parts) if parts else self.forward(X)

    def summary(self):
        width = max(len(type(layer).__name__) for layer in self.layers)
        lines, total = [], 0
        for layer in self.layers:
            count = 0
            for array in layer.params.values():
                count += int(np.prod(array.shape))
            lines.append(f"{type(layer).__name__.ljust(width)}  {count} parameters")
            total += count
        return "\n".join(lines) + f"\n{'-' * width}\n{total} parameters in total"
