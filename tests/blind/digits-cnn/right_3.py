import numpy as np

from ..digits.sequential import Sequential
from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from ..optim.adam import Adam
from .backward import Conv2D
from .pool import Flatten, MaxPool2D


class ToImages:
    def __init__(self, rows, columns):
        self.rows = rows
        self.columns = columns
        self.params = {}
        self.grads = {}
        self.n = None

    def forward(self, x, training=False):
        x = np.asarray(x)
        if x.ndim != 2 or x.shape[1] != self.rows * self.columns:
            raise ValueError("x must have one row per image")
        if training:
            self.n = x.shape[0]
        return np.copy(x).reshape((x.shape[0], 1, self.rows, self.columns))

    def backward(self, dout):
        if self.n is None:
            raise RuntimeError("call forward with training=True first")
        dout = np.asarray(dout)
        if dout.shape != (self.n, 1, self.rows, self.columns):
            raise ValueError("dout has a wrong shape")
        return dout.reshape(self.n, self.rows * self.columns)

    def zero_grad(self):
        pass


def param_count(model):
    return len(np.concatenate([array.ravel() for array in model.params.values()]))


def build_cnn(rng):
    conv1 = Conv2D(1, 8, (3, 3), rng, pad=1)
    conv2 = Conv2D(8, 20, (3, 3), rng, pad=1)
    dense = Dense(20, 10, rng)
    dense.params["W"] *= 0.1
    model = Sequential()
    for layer in (
        ToImages(8, 8), conv1, ReLU(), MaxPool2D(3, 2), conv2, ReLU(), MaxPool2D(2), Flatten(), dense,
        Softmax(),
    ):  # fmt: skip
        model.add(layer)
    model.compile("categorical_crossentropy", Adam(0.01))
    return model


def train_cnn(X, y, rng, epochs=12):
    model = build_cnn(rng)
    for epoch in range(epochs):
        if 3 * epoch == 2 * epochs:
            model.compile("categorical_crossentropy", Adam(0.002))
        model.fit(X, y, batch_size=24, rng=rng)
    return model
