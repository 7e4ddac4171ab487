"""The model runs through its Softmax layer, and the loss reads the logits that it was given."""

import numpy as np

from ..forward.batch import accuracy, batches, predict_classes, predict_in_batches
from ..layers.activation import Softmax
from ..losses import regression, softmax_cross_entropy
from ..optim.adam import Adam
from ..optim.sgd import SGD
from .pipeline import iterate_minibatches


class Sequential:
    def __init__(self, layers=()):
        self.layers = list(layers)
        self._setting = None

    def add(self, layer):
        self.layers.append(layer)

    @property
    def params(self):
        return dict(self._named("params"))

    @property
    def grads(self):
        return dict(self._named("grads"))

    def _named(self, kind):
        for number, layer in enumerate(self.layers):
            for name, array in getattr(layer, kind).items():
                yield f"{number}.{name}", array

    def _trace(self, x, training):
        trace = [np.asarray(x)]
        for layer in self.layers:
            trace.append(layer.forward(trace[-1], training=training))
        return trace

    def forward(self, x, training=False):
        return self._trace(x, training)[-1]

    def backward(self, dout, skip=0):
        for number in range(len(self.layers) - 1 - skip, -1, -1):
            dout = self.layers[number].backward(dout)
        return dout

    def zero_grad(self):
        for layer in self.layers:
            layer.zero_grad()

    def compile(self, loss, optimizer="sgd", metrics=()):
        if loss == "mse":
            functions = regression.mse, regression.mse_grad
        elif loss == "categorical_crossentropy":
            functions = (
                softmax_cross_entropy.softmax_cross_entropy,
                softmax_cross_entropy.softmax_cross_entropy_grad,
            )
        else:
            raise ValueError(f"no loss {loss!r}")
        if optimizer == "sgd":
            optimizer = SGD(lr=0.01)
        elif optimizer == "adam":
            optimizer = Adam()
        elif not hasattr(optimizer, "step"):
            raise ValueError(f"no optimizer {optimizer!r}")
        if any(metric != "accuracy" for metric in metrics):
            raise ValueError(f"no metrics {metrics!r}")
        self._setting = (loss, functions, optimizer, bool(metrics))

    def fit(self, X, Y, epochs=1, batch_size=32, validation_data=None, rng=None, on_epoch=None):
        X, Y = self._ready(X, Y)
        _, (_, slope), optimizer, counts = self._setting
        history = {name: [] for name in (["loss", "accuracy"] if counts else ["loss"])}
        if validation_data is not None:
            history.update({f"val_{name}": [] for name in list(history)})
        for epoch in range(epochs):
            sums = np.zeros(2)
            for x, rows in iterate_minibatches(X, np.arange(len(X)), batch_size, rng):
                self.zero_grad()
                trace = self._trace(x, True)
                scores = trace[-1 - self._skipped()]
                sums += np.array(self._measured(scores, Y[rows])) * len(rows)
                self.backward(slope(scores, Y[rows]), self._skipped())
                params, grads = self.params, self.grads
                optimizer.step(list(params.values()), [grads[name] for name in params])
            numbers = (sums / len(X)).tolist()[: 1 + counts]
            if validation_data is not None:
                numbers += self.evaluate(*validation_data)
            for name, number in zip(history, numbers, strict=True):
                history[name].append(number)
            if on_epoch is not None:
                on_epoch(epoch + 1, {name: values[-1] for name, values in history.items()})
        return history

    def evaluate(self, X, Y, batch_size=32):
        X, Y = self._ready(X, Y)
        sums = np.zeros(2)
        for part in batches(len(X), batch_size):
            scores = self._trace(X[part], False)[-1 - self._skipped()]
            sums += np.array(self._measured(scores, Y[part])) * len(scores)
        return tuple((sums / len(X)).tolist()[: 1 + self._setting[3]])

    def predict(self, X, batch_size=32):
        return predict_in_batches(lambda x: self.forward(x, training=False), X, batch_size)

    def summary(self):
        total, text = 0, ""
        for layer in self.layers:
            count = int(sum(np.prod(array.shape) for array in layer.params.values()))
            total += count
            text += f"{type(layer).__name__}\t{count}\n"
        return f"{text}total\t{total}"

    def _ready(self, X, Y):
        if self._setting is None:
            raise RuntimeError("call compile before fit and evaluate")
        X, Y = np.asarray(X), np.asarray(Y)
        if not len(X) == len(Y) > 0:
            raise ValueError(f"{len(X)} samples, {len(Y)} targets")
        return X, Y

    def _skipped(self):
        """Return how many layers at the end the loss does without: 1 or 0."""
        is_cross_entropy = self._setting[0] == "categorical_crossentropy"
        return int(is_cross_entropy and isinstance(self.layers[-1], Softmax))

    def _measured(self, scores, y):
        value = self._setting[1][0](scores, y)
        if not self._setting[3]:
            return value, 0.0
        labels = predict_classes(y) if y.ndim == 2 else y
        return value, accuracy(predict_classes(scores), labels)
