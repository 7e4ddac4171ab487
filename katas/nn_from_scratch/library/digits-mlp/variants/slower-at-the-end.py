"""SGD with weight decay, first with large steps and then with small ones; one-hot targets."""

from itertools import pairwise

import numpy as np

from ..forward.batch import accuracy as share
from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from ..losses.cross_entropy import one_hot
from ..optim.sgd import SGD
from .result import Result
from .sequential import Sequential


def build_model(rng):
    sizes = (64, 140, 50, 10)
    layers = []
    for units_in, units_out in pairwise(sizes):
        layers += [Dense(units_in, units_out, rng), ReLU()]
    layers[-1] = Softmax()
    layers[-2].params["W"] *= 0.05
    model = Sequential(layers)
    compile_with(model, 0.1)
    return model


def compile_with(model, lr):
    model.compile("categorical_crossentropy", SGD(lr, momentum=0.9, weight_decay=1e-4))


def train_model(split, rng, epochs=20, on_epoch=None):
    X, Y = split.X_train, one_hot(split.y_train, 10)
    model = build_model(rng)
    start = model.evaluate(X, Y, 256)[0]
    early = epochs * 3 // 4
    history = model.fit(X, Y, early, 32, None, rng, on_epoch)
    compile_with(model, 0.02)
    late = model.fit(
        X, Y, epochs - early, 32, None, rng,
        None if on_epoch is None else lambda number, news: on_epoch(early + number, news),
    )  # fmt: skip
    history = {name: history[name] + late[name] for name in history}
    pred = np.argmax(model.predict(split.X_test), axis=1)
    confusion = confusion_matrix(split.y_test, pred)
    return Result(model, start, history, share(pred, split.y_test), confusion)


def confusion_matrix(y, pred, classes=10):
    y, pred = np.asarray(y), np.asarray(pred)
    if np.ndim(y) != 1 or np.shape(y) != np.shape(pred):
        raise ValueError("shapes")
    known = np.arange(classes)
    if not (np.isin(y, known).all() and np.isin(pred, known).all()):
        raise ValueError("classes")
    true = (y[:, None] == known).astype(np.int64)
    read = (pred[:, None] == known).astype(np.int64)
    return true.T @ read


def measure_new_writers(splits, rng, epochs=20):
    return np.fromiter((train_model(split, rng, epochs).accuracy for split in splits), float)
