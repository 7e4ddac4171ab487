from functools import reduce

import numpy as np

from ..layers.activation import Softmax
from ..losses.regression import mse, mse_grad
from ..losses.softmax_cross_entropy import softmax_cross_entropy, softmax_cross_entropy_grad
from ..optim.adam import Adam
from ..optim.sgd import SGD

LOSSES = {
    "categorical_crossentropy": (softmax_cross_entropy, softmax_cross_entropy_grad),
    "mse": (mse, mse_grad),
}
OPTIMIZERS = {"sgd": lambda: SGD(lr=0.01), "adam": Adam}


def run(layers, x, training):
    return reduce(lambda value, layer: layer.forward(value, training), layers, x)


def run_back(layers, dout):
    return reduce(lambda grad, layer: layer.backward(grad), reversed(layers), dout)


def look_up(table, word):
    try:
        return table[word]
    except (KeyError, TypeError):
        raise ValueError(f"{word!r} is none of {list(table)}") from None


def hits(outputs, targets):
    true = np.argmax(targets, axis=1) if np.ndim(targets) == 2 else targets
    return int(np.sum(np.argmax(outputs, axis=1) == true))


class Sequential:
    loss = None

    def __init__(self, layers=()):
        self.layers = list(layers)

    def add(self, layer):
        self.layers += [layer]

    @property
    def params(self):
        merged = {}
        for number, layer in enumerate(self.layers):
            merged.update((f"{number}.{key}", layer.params[key]) for key in layer.params)
        return merged

    @property
    def grads(self):
        merged = {}
        for number, layer in enumerate(self.layers):
            merged.update((f"{number}.{key}", layer.grads[key]) for key in layer.params)
        return merged

    def forward(self, x, training=False):
        return run(self.layers, x, training)

    def backward(self, dout):
        return run_back(self.layers, dout)

    def zero_grad(self):
        for layer in self.layers:
            layer.zero_grad()

    def compile(self, loss, optimizer="sgd", metrics=()):
        functions = look_up(LOSSES, loss)
        if isinstance(optimizer, str):
            optimizer = look_up(OPTIMIZERS, optimizer)()
        wanted = set(metrics)
        if not wanted <= {"accuracy"}:
            raise ValueError("accuracy is the only metric")
        self.loss, self.optimizer, self.with_accuracy = loss, optimizer, bool(wanted)
        self.loss_value, self.loss_gradient = functions

    def split(self):
        """The layers whose output goes into the loss, and those behind them."""
        softmax_last = isinstance(self.layers[-1], Softmax)
        cut = len(self.layers)
        if self.loss == "categorical_crossentropy" and softmax_last:
            cut -= 1
        return self.layers[:cut], self.layers[cut:]

    def need(self, X, Y, batch_size):
        if self.loss is None:
            raise RuntimeError("the model is not compiled")
        X, Y = np.asarray(X), np.asarray(Y)
        if not 0 < X.shape[0] == Y.shape[0]:
            raise ValueError("as many targets as samples, and at least one")
        if batch_size < 1:
            raise ValueError("a batch has at least one sample")
        return X, Y

    def pass_over(self, X, Y, order, batch_size, learn):
        """Go through the samples once; return the mean loss and the share of hits."""
        body, tail = self.split()
        lost, hit, n = 0.0, 0, len(order)
        while len(order):
            rows, order = np.split(order, [batch_size])
            x, y = X[rows], Y[rows]
            if learn:
                self.zero_grad()
            z = run(body, x, learn)
            lost += self.loss_value(z, y) * len(rows)
            if self.with_accuracy:
                hit += hits(run(tail, z, False), y)
            if learn:
                run_back(body, self.loss_gradient(z, y))
                params, grads = self.params, self.grads
                self.optimizer.step([*params.values()], [grads[key] for key in params])
        return (lost / n, hit / n) if self.with_accuracy else (lost / n,)

    def fit(
        self, X, Y, epochs=1, batch_size=32, validation_data=None, rng=None, on_epoch=None
    ):
        X, Y = self.need(X, Y, batch_size)
        measures = ("loss", "accuracy")[: 1 + self.with_accuracy]
        history = {name: [] for name in measures}
        if validation_data:
            history.update({f"val_{name}": [] for name in measures})
        for epoch in range(epochs):
            order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
            row = self.pass_over(X, Y, order, batch_size, learn=True)
            if validation_data:
                row += self.evaluate(validation_data[0], validation_data[1], batch_size)
            for column, number in zip(history.values(), row):
                column.append(number)
            if on_epoch:
                on_epoch(epoch + 1, dict(zip(history, row)))
        return history

    def evaluate(self, X, Y, batch_size=32):
        X, Y = self.need(X, Y, batch_size)
        return self.pass_over(X, Y, np.arange(len(X)), batch_size, learn=False)

    def predict(self, X, batch_size=32):
        X = np.asarray(X)
        if batch_size < 1:
            raise ValueError("a batch has at least one sample")
        starts = range(0, max(len(X), 1), batch_size)
        return np.concatenate([self.forward(X[i : i + batch_size]) for i in starts])

    def summary(self):
        lines, total = [], 0
        for layer in self.layers:
            count = sum(np.size(p) for p in layer.params.values())
            total += count
            lines.append(f"{layer.__class__.__name__}: {count}")
        return "\n".join([*lines, f"Total: {total}"])
