"""Every loop is written out where it is needed, and the model keeps Softmax and logits apart."""

import numpy as np

from ..layers.activation import Softmax
from ..losses.regression import mse, mse_grad
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam
from ..optim.sgd import SGD


class Sequential:
    def __init__(self, layers=()):
        self.layers = []
        for layer in layers:
            self.add(layer)
        self.loss = None

    def add(self, layer):
        self.layers.append(layer)

    @property
    def params(self):
        found = {}
        for i in range(len(self.layers)):
            for name in self.layers[i].params:
                found[str(i) + "." + name] = self.layers[i].params[name]
        return found

    @property
    def grads(self):
        found = {}
        for i in range(len(self.layers)):
            for name in self.layers[i].grads:
                found[str(i) + "." + name] = self.layers[i].grads[name]
        return found

    def forward(self, x, training=False):
        for layer in self.layers:
            x = layer.forward(x, training)
        return x

    def backward(self, dout):
        for layer in self.layers[::-1]:
            dout = layer.backward(dout)
        return dout

    def zero_grad(self):
        for layer in self.layers:
            layer.zero_grad()

    def compile(self, loss, optimizer="sgd", metrics=()):
        if loss not in ("categorical_crossentropy", "mse"):
            raise ValueError("loss")
        for metric in metrics:
            if metric != "accuracy":
                raise ValueError("metrics")
        if isinstance(optimizer, str):
            if optimizer == "sgd":
                optimizer = SGD(0.01)
            elif optimizer == "adam":
                optimizer = Adam()
            else:
                raise ValueError("optimizer")
        self.loss = loss
        self.optimizer = optimizer
        self.metrics = list(metrics)

    def fit(self, X, Y, epochs=1, batch_size=32, validation_data=None, rng=None, on_epoch=None):
        if self.loss is None:
            raise RuntimeError("compile the model first")
        X, Y = np.asarray(X), np.asarray(Y)
        self._check(X, Y, batch_size)
        history = {"loss": []}
        if "accuracy" in self.metrics:
            history["accuracy"] = []
        if validation_data is not None:
            for name in list(history):
                history["val_" + name] = []
        for epoch in range(1, epochs + 1):
            order = np.arange(len(X))
            if rng is not None:
                rng.shuffle(order)
            loss = correct = 0.0
            for start in range(0, len(X), batch_size):
                rows = order[start : start + batch_size]
                self.zero_grad()
                z = X[rows]
                for layer in self._before_the_loss():
                    z = layer.forward(z, training=True)
                if self.loss == "mse":
                    d = mse_grad(z, Y[rows])
                else:
                    d = softmax_cross_entropy_grad(z, Y[rows])
                loss += self._loss(z, Y[rows]) * len(rows)
                correct += self._correct(z, Y[rows])
                for layer in reversed(self._before_the_loss()):
                    d = layer.backward(d)
                params, grads = [], []
                for layer in self.layers:
                    for name, array in layer.params.items():
                        params.append(array)
                        grads.append(layer.grads[name])
                self.optimizer.step(params, grads)
            history["loss"].append(loss / len(X))
            if "accuracy" in self.metrics:
                history["accuracy"].append(correct / len(X))
            if validation_data is not None:
                values = self.evaluate(validation_data[0], validation_data[1])
                history["val_loss"].append(values[0])
                if "accuracy" in self.metrics:
                    history["val_accuracy"].append(values[1])
            if on_epoch is not None:
                on_epoch(epoch, {name: numbers[-1] for name, numbers in history.items()})
        return history

    def evaluate(self, X, Y, batch_size=32):
        if self.loss is None:
            raise RuntimeError("compile the model first")
        X, Y = np.asarray(X), np.asarray(Y)
        self._check(X, Y, batch_size)
        loss = correct = 0.0
        for start in range(0, len(X), batch_size):
            z, y = X[start : start + batch_size], Y[start : start + batch_size]
            for layer in self._before_the_loss():
                z = layer.forward(z, training=False)
            loss += self._loss(z, y) * len(y)
            correct += self._correct(z, y)
        return (loss / len(X), correct / len(X)) if self.metrics else (loss / len(X),)

    def predict(self, X, batch_size=32):
        if batch_size < 1:
            raise ValueError("batch_size")
        X = np.asarray(X)
        if len(X) == 0:
            return self.forward(X)
        return np.vstack(
            [self.forward(X[i : i + batch_size]) for i in range(0, len(X), batch_size)]
        )

    def summary(self):
        lines, total = ["layer: parameters"], 0
        for i, layer in enumerate(self.layers):
            count = sum(array.size for array in layer.params.values())
            total += count
            lines.append(f"{i} {layer.__class__.__name__} {count}")
        return "\n".join([*lines, f"all together {total}", ""])

    def _before_the_loss(self):
        if self.loss != "mse" and isinstance(self.layers[-1], Softmax):
            return self.layers[:-1]
        return self.layers

    def _loss(self, z, y):
        return mse(z, y) if self.loss == "mse" else softmax_cross_entropy(z, y)

    def _correct(self, z, y):
        if not self.metrics:
            return 0.0
        y = y.argmax(axis=1) if y.ndim == 2 else y
        return float((z.argmax(axis=1) == y).sum())

    @staticmethod
    def _check(X, Y, batch_size):
        if len(X) != len(Y) or len(X) == 0 or batch_size < 1:
            raise ValueError("X, Y or batch_size")
