"""Right: Adam, weights of the last layer drawn small, one epoch per call of fit."""

import numpy as np

from ..forward.batch import accuracy, predict_classes
from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from ..optim.adam import Adam
from .result import Result
from .sequential import Sequential


def build_model(rng):
    model = Sequential()
    model.add(Dense(64, 256, rng))
    model.add(ReLU())
    model.add(Dense(256, 128, rng))
    model.add(ReLU())
    model.add(Dense(128, 10, rng))
    model.add(Softmax())
    output = model.layers[4]
    output.params["W"][:] = 0.01 * rng.normal(size=output.params["W"].shape)
    model.compile("categorical_crossentropy", Adam(0.001, weight_decay=0.01), ["accuracy"])
    return model


def train_model(split, rng, epochs=30, on_epoch=None):
    model = build_model(rng)
    before = model.evaluate(split.X_train, split.y_train)
    history = {"loss": [], "accuracy": []}
    for epoch in range(epochs):
        one = model.fit(split.X_train, split.y_train, rng=rng, batch_size=16)
        for name in history:
            history[name].extend(one[name])
        if on_epoch:
            on_epoch(epoch + 1, {name: history[name][-1] for name in history})
    pred = predict_classes(model.predict(split.X_test))
    return Result(
        model, before[0], history, accuracy(pred, split.y_test),
        confusion_matrix(split.y_test, pred),
    )  # fmt: skip


def confusion_matrix(y, pred, classes=10):
    y, pred = np.asarray(y), np.asarray(pred)
    if y.shape != pred.shape or y.ndim != 1:
        raise ValueError(f"shapes {y.shape} and {pred.shape}")
    if len(y) and (min(y.min(), pred.min()) < 0 or max(y.max(), pred.max()) >= classes):
        raise ValueError("a class is out of range")
    return np.array(
        [[int(((y == i) & (pred == j)).sum()) for j in range(classes)] for i in range(classes)]
    )


def measure_new_writers(splits, rng, epochs=30):
    return np.array([train_model(s, rng, epochs).accuracy for s in splits], dtype=np.float64)
