"""Two hidden layers with tanh, an output layer of zeros, and large steps."""

import numpy as np

from ..layers.activation import Softmax, Tanh
from ..layers.dense import Dense
from ..optim.sgd import SGD
from .result import Result
from .sequential import Sequential


def build_model(rng):
    hidden = [Dense(64, 100, rng, init="xavier"), Tanh(), Dense(100, 60, rng, "xavier"), Tanh()]
    output = Dense(60, 10, rng)
    output.params["W"][...] = 0.0
    model = Sequential([*hidden, output, Softmax()])
    model.compile(
        "categorical_crossentropy", optimizer=SGD(0.2, momentum=0.9), metrics=["accuracy"]
    )
    return model


def train_model(split, rng, epochs=25, on_epoch=None):
    model = build_model(rng)
    initial_loss, _ = model.evaluate(split.X_train, split.y_train)
    history = model.fit(
        split.X_train, split.y_train, epochs=epochs, batch_size=48, rng=rng, on_epoch=on_epoch
    )
    read = model.predict(split.X_test).argmax(axis=1)
    return Result(
        model=model,
        initial_loss=initial_loss,
        history=history,
        accuracy=float(np.mean(read == split.y_test)),
        confusion=confusion_matrix(split.y_test, read),
    )


def confusion_matrix(y, pred, classes=10):
    y, pred = np.asarray(y), np.asarray(pred)
    if y.shape != pred.shape or y.ndim != 1:
        raise ValueError("y and pred")
    if y.size and not (0 <= min(y.min(), pred.min()) <= max(y.max(), pred.max()) < classes):
        raise ValueError("a class that does not exist")
    pairs = y.astype(int) * classes + pred.astype(int)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def measure_new_writers(splits, rng, epochs=25):
    splits = list(splits)
    shares = np.zeros(len(splits))
    for k, split in enumerate(splits):
        shares[k] = train_model(split, rng, epochs).accuracy
    return shares
