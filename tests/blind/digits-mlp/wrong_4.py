"""Wrong: a single model is trained on from writer to writer."""

import numpy as np

from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from ..optim.sgd import SGD
from .result import Result
from .sequential import Sequential


def build_model(rng):
    first = Dense(64, 150, rng)
    second = Dense(150, 75, rng)
    last = Dense(75, 10, rng)
    last.params["W"] *= 0.1
    model = Sequential([first, ReLU(), second, ReLU(), last, Softmax()])
    model.compile("categorical_crossentropy", SGD(0.08, momentum=0.9))
    return model


def train_model(split, rng, epochs=25, on_epoch=None):
    model = build_model(rng)
    initial_loss = model.evaluate(split.X_train, split.y_train)[0]
    history = model.fit(
        split.X_train, split.y_train, epochs=epochs, batch_size=32, rng=rng, on_epoch=on_epoch
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
    for i in range(len(y)):
        if not (0 <= y[i] < classes and 0 <= pred[i] < classes):
            raise ValueError("no such class")
        matrix[y[i], pred[i]] += 1
    return matrix


def measure_new_writers(splits, rng, epochs=25):
    accuracies = []
    model = build_model(rng)
    for split in splits:
        model.fit(split.X_train, split.y_train, epochs=epochs, rng=rng)
        pred = model.predict(split.X_test).argmax(axis=1)
        accuracies.append(np.mean(pred == split.y_test))
    return np.array(accuracies)
