"""The library: scikit-learn where it has the function, and networks with 50 digits."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from sklearn.metrics import confusion_matrix as sklearn_confusion_matrix

from refnn.digits.capstone import confusion_matrix
from refnn.digits.pipeline import Standardizer, iterate_minibatches, train_test_split
from refnn.digits.sequential import Sequential
from refnn.layers.activation import Softmax, Tanh
from refnn.layers.dense import Dense
from refnn.optim.sgd import SGD

from ..entry import Tolerance, Track
from ..exact import COMPLEX, DIGITS, LOOPS, big, complex_gradients, log, rng, softmax, sqrt, tanh

TRACK = Track("library")
EQUAL = Tolerance(0, 0, "equal: integers, or samples that are only moved")
PREDICTED = Tolerance(1e-9, 1e-12, "the layers one after another")
NETWORK = Tolerance(1e-8, 1e-10, "a network of a few layers")
for _name in ("build_model", "train_model", "measure_new_writers"):
    TRACK.no_oracle(
        f"digits.capstone.{_name}",
        "random or trained: accuracies and the initial loss are tested in "
        "tests/reference/test_capstone.py",
    )


@TRACK.oracle("digits.pipeline.train_test_split", LOOPS, EQUAL, "exact")
def _train_test_split() -> Any:
    for n, share in ((5, 0.4), (20, 0.25)):
        y = rng(1).integers(0, 3, n)
        X_train, X_test, y_train, y_test = train_test_split(np.arange(n), y, share, rng())
        yield sorted([*X_train.tolist(), *X_test.tolist()]), list(range(n))
        yield len(X_test), round(share * n)
        yield np.concatenate([y_train, y_test]), y[np.concatenate([X_train, X_test])]


@TRACK.oracle(
    "digits.pipeline.Standardizer",
    DIGITS,
    Tolerance(1e-7, 1e-9, "a mean and a root over N numbers"),
    note="a number near the mean of its column is a difference that cancels",
)
def _standardizer() -> Any:
    for n, d, middle in ((2, 1, 0.0), (9, 3, 5.0), (40, 4, -3.0)):
        X, new = rng(n).normal(middle, 2, (n, d)), rng(1).normal(middle, 2, (6, d))
        x = big(X)
        mean = x.sum(axis=0) / n
        deviation = sqrt(((x - mean) ** 2).sum(axis=0) / n)
        yield Standardizer().fit(X).transform(new), (big(new) - mean) / deviation


@TRACK.oracle("digits.pipeline.iterate_minibatches", LOOPS, EQUAL, "exact")
def _iterate_minibatches() -> Any:
    for n, size in ((0, 3), (7, 3), (9, 3)):
        X, y = np.arange(n), np.arange(n) * 2
        for order in (None, rng()):
            pairs = list(iterate_minibatches(X, y, size, order))
            yield sorted(row for x, _ in pairs for row in x.tolist()), list(range(n))
            yield [len(x) for x, _ in pairs], [min(size, n - at) for at in range(0, n, size)]
            yield all((2 * x == labels).all() for x, labels in pairs), True


@TRACK.oracle("digits.capstone.confusion_matrix", "scikit-learn confusion_matrix", EQUAL, "exact")
def _confusion_matrix() -> Any:
    for n, classes in ((1, 2), (60, 4)):
        y, pred = rng(0).integers(0, classes, n), rng(1).integers(0, classes, n)
        right = sklearn_confusion_matrix(y, pred, labels=range(classes))
        yield confusion_matrix(y, pred, classes), right


def _model() -> tuple[Sequential, Any, Any]:
    model = Sequential(
        [Dense(3, 4, rng(0), "xavier"), Tanh(), Dense(4, 3, rng(1), "xavier"), Softmax()]
    )
    model.compile("categorical_crossentropy", SGD(0.5))
    return model, rng(2).normal(size=(6, 3)), rng(3).integers(0, 3, 6)


def _probabilities(p: dict[str, Any], X: Any) -> Any:
    hidden = tanh(big(X) @ p["0.W"] + p["0.b"])
    return softmax(hidden @ p["2.W"] + p["2.b"])


@TRACK.oracle("digits.sequential.Sequential.predict", DIGITS, PREDICTED)
def _predict() -> Any:
    model, X, _ = _model()
    right = _probabilities({name: big(a) for name, a in model.params.items()}, X)
    yield model.predict(X, 4), right
    yield model.forward(X), right


@TRACK.oracle("digits.sequential.Sequential.evaluate", DIGITS, NETWORK)
def _evaluate() -> Any:
    model, X, y = _model()
    right = _probabilities({name: big(a) for name, a in model.params.items()}, X)
    yield model.evaluate(X, y, 4)[0], -log(right[np.arange(6), y]).sum() / 6


def _loss(X: Any, y: Any, W0: Any, b0: Any, W2: Any, b2: Any) -> Any:
    logits = np.tanh(X @ W0 + b0) @ W2 + b2
    return (np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(y)), y]).mean()


@TRACK.oracle("digits.sequential.Sequential.backward", COMPLEX, NETWORK, "gradient")
def _backward() -> Any:
    model, X, y = _model()
    right = complex_gradients(partial(_loss, X, y), *model.params.values())
    probabilities = model.forward(X, training=True)
    model.backward((np.eye(3)[y] / -probabilities) / len(y))
    yield from zip(model.grads.values(), right, strict=True)


@TRACK.oracle("digits.sequential.Sequential.fit", COMPLEX, NETWORK, "gradient")
def _fit() -> Any:
    model, X, y = _model()
    p = [array.copy() for array in model.params.values()]
    history = model.fit(X, y, epochs=2, batch_size=6)["loss"]
    losses = []
    for _ in range(2):
        losses.append(_loss(X, y, *p))
        slopes = complex_gradients(partial(_loss, X, y), *p)
        p = [array - 0.5 * slope for array, slope in zip(p, slopes, strict=True)]
    yield history, losses
    yield from zip(model.params.values(), p, strict=True)
