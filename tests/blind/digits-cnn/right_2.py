"""Larger first filters, a hidden dense layer, and three optimizers one after the other."""

from functools import partial

import numpy as np

from ..digits.sequential import Sequential
from ..layers import activation, dense
from ..optim.adam import Adam
from . import backward, pool


class ToImages(pool.Flatten):
    def __init__(self, rows, columns):
        self.params, self.grads = {}, {}
        self.shape = (1, rows, columns)
        self.out = None

    def forward(self, x, training=False):
        x = np.atleast_1d(x)
        if x.shape[1:] != (self.shape[1] * self.shape[2],):
            raise ValueError(f"bad shape {x.shape}")
        images = np.array([np.reshape(pixels, self.shape) for pixels in x], x.dtype)
        images = images.reshape((len(x), *self.shape))
        if training:
            self.out = images.shape
        return images

    def backward(self, dout):
        if self.out is None:
            raise RuntimeError("no forward")
        if np.shape(dout) != self.out:
            raise ValueError(f"bad shape {np.shape(dout)}")
        return np.reshape(dout, (self.out[0], self.shape[1] * self.shape[2]))


def param_count(model):
    return sum(map(np.size, model.params.values()))


def build_cnn(rng):
    conv = partial(backward.Conv2D, rng=rng)
    last = dense.Dense(24, 10, rng, init="xavier")
    last.params["W"][...] = last.params["W"] / 20
    model = Sequential(
        [
            ToImages(8, 8),
            conv(1, 10, (3, 3), pad=1),
            activation.ReLU(),
            pool.MaxPool2D(2),
            conv(10, 16, (3, 3), pad=1),
            activation.ReLU(),
            pool.MaxPool2D(2),
            pool.Flatten(),
            dense.Dense(64, 24, rng),
            activation.ReLU(),
            last,
            activation.Softmax(),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer=Adam(0.01))
    return model


def train_cnn(X, y, rng, epochs=9):
    model = build_cnn(rng)
    parts = np.array_split(np.arange(epochs), 3)
    for lr, part in zip((0.01, 0.004, 0.001), parts, strict=True):
        model.compile("categorical_crossentropy", Adam(lr))
        model.fit(X, y, len(part), rng=rng)
    return model
