"""The layers before the loss are a Sequential of their own, and losses are small objects."""

import numpy as np

from ..forward.batch import predict_in_batches
from ..layers.activation import Softmax
from ..losses.regression import mse, mse_grad
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam
from ..optim.sgd import SGD
from .pipeline import iterate_minibatches


class CrossEntropy:
    value = staticmethod(softmax_cross_entropy)
    slope = staticmethod(softmax_cross_entropy_grad)

    @staticmethod
    def scoring(layers):
        return layers[:-1] if type(layers[-1]).__name__ == Softmax.__name__ else layers


class SquaredError:
    value = staticmethod(mse)
    slope = staticmethod(mse_grad)

    @staticmethod
    def scoring(layers):
        return layers


class Sequential:
    def __init__(self, layers=()):
        self.layers = [*layers]
        self.loss = self.optimizer = None
        self.metrics = []

    def add(self, layer):
        self.layers += [layer]

    def _collect(self, kind):
        return {
            f"{number}.{name}": array
            for number, layer in enumerate(self.layers)
            for name, array in getattr(layer, kind).items()
        }

    params = property(lambda self: self._collect("params"))
    grads = property(lambda self: self._collect("grads"))

    def forward(self, x, training=False):
        out = x
        for layer in self.layers:
            out = layer.forward(out, training=training)
        return out

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def zero_grad(self):
        for array in self.grads.values():
            array[...] = 0.0

    def compile(self, loss, optimizer="sgd", metrics=()):
        losses = {"categorical_crossentropy": CrossEntropy, "mse": SquaredError}
        optimizers = {"sgd": lambda: SGD(lr=0.01), "adam": Adam}
        try:
            self.loss = losses[loss]
            self.optimizer = optimizers[optimizer]() if isinstance(optimizer, str) else optimizer
        except KeyError as error:
            raise ValueError(f"unknown: {error}") from None
        if [name for name in metrics if name != "accuracy"]:
            raise ValueError(f"unknown metric in {metrics}")
        self.metrics = list(metrics)

    def fit(self, X, Y, epochs=1, batch_size=32, validation_data=None, rng=None, on_epoch=None):
        if self.loss is None:
            raise RuntimeError("no loss: call compile")
        X, Y = np.asarray(X), np.asarray(Y)
        if len(X) == 0:
            raise ValueError("nothing to learn from")
        if len(X) != len(Y):
            raise ValueError("a target is missing")
        epochs_seen = []
        scoring = Sequential(self.loss.scoring(self.layers))
        for epoch in range(epochs):
            seen = []
            for rows, _ in iterate_minibatches(
                np.arange(len(X)), np.arange(len(X)), batch_size, rng
            ):
                self.zero_grad()
                scores = scoring.forward(X[rows], training=True)
                seen.append(self._judge(scores, Y[rows]) * len(rows))
                scoring.backward(self.loss.slope(scores, Y[rows]))
                own = self.params
                self.optimizer.step([own[k] for k in own], [self.grads[k] for k in own])
            values = dict(zip(["loss", *self.metrics], np.sum(seen, axis=0) / len(X), strict=True))
            values = {name: float(value) for name, value in values.items()}
            if validation_data is not None:
                judged = self.evaluate(*validation_data)
                values |= dict(zip(["val_loss", "val_accuracy"], judged, strict=False))
            epochs_seen.append(values)
            if on_epoch:
                on_epoch(epoch + 1, values)
        names = ["loss", *self.metrics]
        names += ["val_" + name for name in names] * (validation_data is not None)
        return {name: [values[name] for values in epochs_seen] for name in names}

    def evaluate(self, X, Y, batch_size=32):
        if self.loss is None:
            raise RuntimeError("no loss: call compile")
        X, Y = np.asarray(X), np.asarray(Y)
        if len(X) == 0:
            raise ValueError("nothing to evaluate")
        if len(X) != len(Y):
            raise ValueError("a target is missing")
        scoring = Sequential(self.loss.scoring(self.layers))
        scores = predict_in_batches(scoring.forward, X, batch_size)
        return tuple(float(number) for number in self._judge(scores, Y))

    def predict(self, X, batch_size=32):
        return predict_in_batches(self.forward, X, batch_size)

    def summary(self):
        counts = [sum(map(np.size, layer.params.values())) for layer in self.layers]
        table = [
            f"| {type(layer).__name__} | {count} |"
            for layer, count in zip(self.layers, counts, strict=True)
        ]
        return "\n".join(["| layer | parameters |", *table, f"| total | {sum(counts)} |"])

    def _judge(self, scores, y):
        numbers = [self.loss.value(scores, y)]
        if self.metrics:
            labels = y if np.ndim(y) == 1 else np.argmax(y, axis=1)
            numbers.append(np.mean(np.argmax(scores, axis=1) == labels))
        return np.array(numbers)
