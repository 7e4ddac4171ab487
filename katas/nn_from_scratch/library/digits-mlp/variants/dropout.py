"""A larger model with dropout, trained epoch by epoch, and a table that is counted one by one."""

import numpy as np

from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from ..layers.dropout import Dropout
from ..optim.adam import Adam
from .result import Result
from .sequential import Sequential


def build_model(rng):
    model = Sequential()
    for units_in, units_out in ((64, 128), (128, 64)):
        model.add(Dense(units_in, units_out, rng))
        model.add(ReLU())
        model.add(Dropout(0.1, rng))
    output = Dense(64, 10, rng, init="lecun")
    output.params["W"] /= 20
    model.add(output)
    model.add(Softmax())
    model.compile("categorical_crossentropy", Adam(0.003))
    return model


def train_model(split, rng, epochs=32, on_epoch=None):
    model = build_model(rng)
    (initial_loss,) = model.evaluate(split.X_train, split.y_train, batch_size=500)
    history = {"loss": []}
    for epoch in range(1, epochs + 1):
        if epoch == 2 * epochs // 3 + 1:  # smaller steps at the end
            model.compile("categorical_crossentropy", Adam(0.0005))
        newest = model.fit(split.X_train, split.y_train, rng=rng, batch_size=32)
        history["loss"] += newest["loss"]
        if on_epoch is not None:
            on_epoch(epoch, {"loss": newest["loss"][-1]})
    confusion = confusion_matrix(
        split.y_test, [int(np.argmax(row)) for row in model.predict(split.X_test)]
    )
    accuracy = float(np.trace(confusion) / max(len(split.y_test), 1))
    return Result(model, initial_loss, history, accuracy, confusion)


def confusion_matrix(y, pred, classes=10):
    y, pred = np.asarray(y), np.asarray(pred)
    if y.ndim != 1 or pred.ndim != 1 or len(y) != len(pred):
        raise ValueError("the lists differ in length")
    counts = np.zeros((classes, classes), dtype=int)
    for true, read in zip(y.tolist(), pred.tolist(), strict=True):
        if true not in range(classes) or read not in range(classes):
            raise ValueError(f"class {true} or {read}")
        counts[int(true), int(read)] += 1
    return counts


def measure_new_writers(splits, rng, epochs=32):
    return np.array([train_model(split, rng, epochs=epochs).accuracy for split in splits])
