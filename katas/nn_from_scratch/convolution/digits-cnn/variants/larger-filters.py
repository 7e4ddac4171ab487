"""Larger filters first, one fit per epoch, and smaller steps at the end."""

import numpy as np

from ..digits.sequential import Sequential
from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from ..optim.adam import Adam
from .backward import Conv2D
from .pool import Flatten, MaxPool2D


class ToImages:
    params = {}  # noqa: RUF012
    grads = {}  # noqa: RUF012

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns

    def forward(self, x, training=False):
        x = np.asarray(x)
        if x.ndim != 2 or x.shape[1] != self.rows * self.columns:
            raise ValueError(f"rows of {self.rows * self.columns} pixels, not {x.shape}")
        images = np.empty((len(x), 1, self.rows, self.columns), x.dtype)
        for row in range(self.rows):
            images[:, 0, row] = x[:, row * self.columns : (row + 1) * self.columns]
        if training:
            self.shape = images.shape
        return images

    def backward(self, dout):
        if not hasattr(self, "shape"):
            raise RuntimeError("forward comes first")
        dout = np.asarray(dout)
        if dout.shape != self.shape:
            raise ValueError(f"{dout.shape} is not {self.shape}")
        return np.concatenate([dout[:, 0, row] for row in range(self.rows)], axis=1)

    def zero_grad(self):
        pass


def param_count(model):
    total = 0
    for layer in model.layers:
        for array in layer.params.values():
            total += array.size
    return total


def build_cnn(rng):
    model = Sequential([ToImages(8, 8)])
    channels = 1
    for filters, size in ((8, 5), (16, 3)):
        model.add(Conv2D(channels, filters, (size, size), rng, 1, size // 2))
        model.add(ReLU())
        model.add(MaxPool2D(2))
        channels = filters
    model.add(Flatten())
    model.add(Dense(64, 10, rng, "lecun"))
    model.add(Softmax())
    model.layers[-2].params["W"] *= 0.05
    model.compile("categorical_crossentropy", Adam(0.01))
    return model


def train_cnn(X, y, rng, epochs=8):
    model = build_cnn(rng)
    optimizer = Adam(0.01)
    for epoch in range(epochs):
        if epoch == 5 * epochs // 8:
            optimizer = Adam(0.002)
        model.compile("categorical_crossentropy", optimizer)
        model.fit(X, y, 1, 32, None, rng)
    return model
