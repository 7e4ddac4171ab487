"""One convolution without padding, two dense layers, and Adam in two parts."""

import numpy as np

from ..digits.sequential import Sequential
from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from ..optim.adam import Adam
from .backward import Conv2D
from .pool import Flatten, MaxPool2D


class ToImages:
    def __init__(self, rows, columns):
        self.params, self.grads = {}, {}
        self.size = (1, rows, columns)
        self.flatten = Flatten()
        self.seen = None

    def forward(self, x, training=False):
        x = np.asarray(x)
        if x.ndim != 2:
            raise ValueError("x must be (N, D)")
        images = x.reshape((len(x), *self.size)).copy()
        if training:
            self.seen = images.shape
        return images

    def backward(self, dout):
        if self.seen is None:
            raise RuntimeError("there was no forward for training")
        if np.shape(dout) != self.seen:
            raise ValueError("dout does not match")
        return self.flatten.forward(dout)

    def zero_grad(self):
        self.flatten.zero_grad()


def param_count(model):
    return int(np.sum([np.prod(array.shape) for array in model.params.values()]))


def build_cnn(rng):
    dense = Dense(108, 30, rng), Dense(30, 10, rng)
    dense[1].params["W"][:] /= 10
    layers = [ToImages(8, 8), Conv2D(1, 12, (3, 3), rng), ReLU(), MaxPool2D(2), Flatten()]
    model = Sequential([*layers, dense[0], ReLU(), dense[1], Softmax()])
    model.compile("categorical_crossentropy", Adam(0.008))
    return model


def train_cnn(X, y, rng, epochs=12):
    model = build_cnn(rng)
    model.fit(X, y, epochs - epochs // 3, rng=rng)
    model.compile("categorical_crossentropy", Adam(0.001))
    model.fit(X, y, epochs // 3, rng=rng)
    return model
