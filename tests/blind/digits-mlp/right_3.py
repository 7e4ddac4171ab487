"""Right: tanh in two layers, momentum, and a table counted by pairs."""

from collections import Counter

import numpy as np

from ..layers.activation import Softmax, Tanh
from ..layers.dense import Dense
from ..optim.sgd import SGD
from .result import Result
from .sequential import Sequential


def build_model(rng):
    first = Dense(64, 200, rng, "xavier")
    second = Dense(200, 100, rng, "xavier")
    last = Dense(100, 10, rng)
    last.params["W"] *= 0.1
    model = Sequential([first, Tanh(), second, Tanh(), last, Softmax()])
    model.compile("categorical_crossentropy", SGD(0.15, momentum=0.9))
    return model


def train_model(split, rng, epochs=35, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    history = model.fit(
        split.X_train, split.y_train, epochs=epochs, batch_size=64, rng=rng, on_epoch=on_epoch
    )
    probabilities = model.predict(split.X_test)
    pred = np.argmax(probabilities, axis=1)
    accuracy = float(np.mean(pred == split.y_test))
    return Result(model, initial_loss, history, accuracy, confusion_matrix(split.y_test, pred))


def confusion_matrix(y, pred, classes=10):
    y, pred = np.asarray(y), np.asarray(pred)
    if y.ndim != 1 or y.shape != pred.shape:
        raise ValueError("y and pred must be (N,)")
    matrix = np.zeros((classes, classes), dtype=int)
    for pair, count in Counter(zip(y.tolist(), pred.tolist(), strict=True)).items():
        if not set(pair) <= set(range(classes)):
            raise ValueError(f"no such class: {pair}")
        matrix[pair] = count
    return matrix


def measure_new_writers(splits, rng, epochs=35):
    accuracies = []
    for split in splits:
        result = train_model(split, rng, epochs)
        accuracies.append(result.accuracy)
    return np.array(accuracies)
