"""Right: short methods, the Softmax is cut off once in one place."""

import numpy as np

from ..forward.batch import predict_in_batches
from ..layers.activation import Softmax
from ..losses import regression, softmax_cross_entropy
from ..optim.adam import Adam
from ..optim.sgd import SGD
from .pipeline import iterate_minibatches


class Sequential:
    def __init__(self, layers=()):
        self.layers = list(layers)
        self.compiled = False

    def add(self, layer):
        self.layers.append(layer)

    @property
    def params(self):
        return {
            f"{k}.{key}": value
            for k, layer in enumerate(self.layers)
            for key, value in layer.params.items()
        }

    @property
    def grads(self):
        return {
            f"{k}.{key}": value
            for k, layer in enumerate(self.layers)
            for key, value in layer.grads.items()
        }

    def forward(self, x, training=False):
        for layer in self.layers:
            x = layer.forward(x, training=training)
        return x

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def zero_grad(self):
        for layer in self.layers:
            layer.zero_grad()

    def compile(self, loss, optimizer="sgd", metrics=()):
        if loss == "categorical_crossentropy":
            self.f = softmax_cross_entropy.softmax_cross_entropy
            self.df = softmax_cross_entropy.softmax_cross_entropy_grad
        elif loss == "mse":
            self.f, self.df = regression.mse, regression.mse_grad
        else:
            raise ValueError(f"unknown loss {loss}")
        if optimizer == "sgd":
            optimizer = SGD(0.01)
        if optimizer == "adam":
            optimizer = Adam()
        if isinstance(optimizer, str):
            raise ValueError(f"unknown optimizer {optimizer}")
        for metric in metrics:
            if metric != "accuracy":
                raise ValueError(f"unknown metric {metric}")
        self.loss, self.optimizer, self.with_accuracy = loss, optimizer, len(list(metrics)) > 0
        self.compiled = True

    def _logit_layers(self):
        if self.loss != "mse" and isinstance(self.layers[-1], Softmax):
            return self.layers[:-1]
        return self.layers

    def _numbers(self, z, y):
        numbers = [self.f(z, y)]
        if self.with_accuracy:
            if y.ndim == 2:
                y = y.argmax(axis=1)
            numbers.append((z.argmax(axis=1) == y).mean())
        return np.array(numbers)

    def fit(
        self, X, Y, epochs=1, batch_size=32, validation_data=None, rng=None, on_epoch=None
    ):
        if not self.compiled:
            raise RuntimeError("compile first")
        X, Y = np.asarray(X), np.asarray(Y)
        if len(X) != len(Y) or len(X) == 0:
            raise ValueError("X and Y")
        names = ["loss", "accuracy"] if self.with_accuracy else ["loss"]
        if validation_data is not None:
            names = names + ["val_" + name for name in names]
        history = {name: [] for name in names}
        for epoch in range(1, epochs + 1):
            total = 0
            for x, rows in iterate_minibatches(X, np.arange(len(X)), batch_size, rng):
                self.zero_grad()
                z = x
                for layer in self._logit_layers():
                    z = layer.forward(z, training=True)
                total = total + len(x) * self._numbers(z, Y[rows])
                d = self.df(z, Y[rows])
                for layer in reversed(self._logit_layers()):
                    d = layer.backward(d)
                self.optimizer.step(list(self.params.values()), list(self.grads.values()))
            newest = [float(number) for number in total / len(X)]
            if validation_data is not None:
                newest.extend(self.evaluate(*validation_data))
            for name, number in zip(names, newest, strict=True):
                history[name].append(number)
            if on_epoch is not None:
                on_epoch(epoch, dict(zip(names, newest, strict=True)))
        return history

    def evaluate(self, X, Y, batch_size=32):
        if not self.compiled:
            raise RuntimeError("compile first")
        X, Y = np.asarray(X), np.asarray(Y)
        if len(X) != len(Y) or len(X) == 0:
            raise ValueError("X and Y")
        if batch_size < 1:
            raise ValueError("batch_size")
        total = 0
        for start in range(0, len(X), batch_size):
            z, y = X[start : start + batch_size], Y[start : start + batch_size]
            for layer in self._logit_layers():
                z = layer.forward(z)
            total = total + len(y) * self._numbers(z, y)
        return tuple(float(number) for number in total / len(X))

    def predict(self, X, batch_size=32):
        return predict_in_batches(self.forward, X, batch_size)

    def summary(self):
        text = ""
        for layer in self.layers:
            text += f"{type(layer).__name__:10} {sum(p.size for p in layer.params.values())}\n"
        return text + f"total      {sum(p.size for p in self.params.values())}"
