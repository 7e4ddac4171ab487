"""Functions that run in the process of the learner's module."""

import random

import numpy as np

from ..layers.activation import ReLU, Softmax
from ..layers.dense import Dense
from . import sequential as module


def made(weights: list, softmax: bool) -> list:
    """Return dense layers with these weights and ReLU between them, and Softmax if it is wanted."""
    layers: list = []
    for W, b in weights:
        if layers:
            layers.append(ReLU())
        dense = Dense(*W.shape, np.random.default_rng(1))
        dense.params["W"][...] = W
        dense.params["b"][...] = b
        layers.append(dense)
    return [*layers, Softmax()] if softmax else layers


def weights_in(layers: list) -> list:
    """Return [W, b] of each dense layer."""
    return [[layer.params["W"], layer.params["b"]] for layer in layers if layer.params]


def held(model, layers: list) -> dict:
    """Return per entry of params and grads whether it is an array of a layer itself."""
    own = {
        f"{i}.{name}": (layer.params[name], layer.grads[name])
        for i, layer in enumerate(layers)
        for name in layer.params
    }
    params, grads = model.params, model.grads
    return {
        name: [params.get(name) is arrays[0], grads.get(name) is arrays[1]]
        for name, arrays in own.items()
    }


def fit_and_record(
    layers: list, compiled: list, X: np.ndarray, Y: np.ndarray, seed: int | None, epochs: int,
    batch_size: int,
) -> dict:  # fmt: skip
    """Fit; return the rows of each batch of each epoch as the layers got them, and the history.

    "global generators" says whether one of those has been used.
    """
    recorder = _Recorder(X)
    model = module.Sequential([recorder, *layers])
    model.compile(*compiled)
    rng = None if seed is None else np.random.default_rng(seed)
    ends: list = []
    before = random.getstate(), np.random.get_state()[1:3]
    history = model.fit(
        X, Y, epochs=epochs, batch_size=batch_size, rng=rng,
        on_epoch=lambda *_: ends.append(len(recorder.batches)),
    )  # fmt: skip
    after = random.getstate(), np.random.get_state()[1:3]
    starts = [0, *ends]
    return {
        "batches": [recorder.batches[a:b] for a, b in zip(starts, ends, strict=False)],
        "history": history,
        "global generators": before[0] != after[0]
        or not np.array_equal(before[1][0], after[1][0])
        or before[1][1] != after[1][1],
    }


def steps_seen(layers: list, X: np.ndarray, Y: np.ndarray, epochs: int, batch_size: int) -> list:
    """Fit with an optimizer that only looks; return what it got in each step.

    For each parameter, that is the number of the array among those of the layers, -1 for any other
    array, and whether the gradient beside it is the one of this array.
    """
    optimizer = _Looking(layers)
    model = module.Sequential(layers)
    model.compile("categorical_crossentropy", optimizer)
    model.fit(X, Y, epochs=epochs, batch_size=batch_size)
    return optimizer.steps


def train_doubled(layers: list, X: np.ndarray, Y: np.ndarray, loss: str) -> dict:
    """Fit without moving, evaluate and predict a model whose first layer doubles in training."""
    model = module.Sequential([_Doubling(), *layers])
    model.compile(loss, _Looking(layers))
    history = model.fit(X, Y, validation_data=(X, Y), batch_size=len(X))
    return {
        "history": history,
        "evaluate": list(model.evaluate(X, Y)),
        "predict": model.predict(X),
        "forward": model.forward(X),
        "forward in training": model.forward(X, training=True),
    }


def kind_of_error(layers: list, X: np.ndarray, Y: np.ndarray, what: str) -> str:
    """Return the class of the exception that a call raises, or "none"."""
    model = module.Sequential(layers)
    if what not in ("fit before compile", "evaluate before compile"):
        model.compile("categorical_crossentropy", "sgd")
    calls = {
        "fit": lambda: model.fit(X, Y),
        "evaluate": lambda: model.evaluate(X, Y),
        "fit before compile": lambda: model.fit(X, Y),
        "evaluate before compile": lambda: model.evaluate(X, Y),
        "fit with a label less": lambda: model.fit(X, Y[:-1]),
        "fit with a sample less": lambda: model.fit(X[:-1], Y),
        "evaluate with a label less": lambda: model.evaluate(X, Y[:-1]),
        "evaluate with a sample less": lambda: model.evaluate(X[:-1], Y),
        "fit without samples": lambda: model.fit(X[:0], Y[:0]),
        "evaluate without samples": lambda: model.evaluate(X[:0], Y[:0]),
        "fit in batches of 0": lambda: model.fit(X, Y, batch_size=0),
        "evaluate in batches of 0": lambda: model.evaluate(X, Y, batch_size=0),
        "predict in batches of 0": lambda: model.predict(X, 0),
        "fit with nb_epoch": lambda: model.fit(X, Y, nb_epoch=2),
        "compile with lr": lambda: model.compile("mse", "sgd", lr=0.1),
        "another loss": lambda: model.compile("hinge", "sgd"),
        "another optimizer": lambda: model.compile("mse", "adagrad"),
        "another metric": lambda: model.compile("mse", "sgd", metrics=["recall"]),
    }
    try:
        calls[what]()
    except NotImplementedError:
        raise
    except Exception as error:
        for kind in (ValueError, TypeError, RuntimeError):
            if isinstance(error, kind):
                return kind.__name__
        return type(error).__name__
    return "none"


def epochs_told(layers: list, X: np.ndarray, Y: np.ndarray, epochs: int) -> dict:
    """Fit; return what on_epoch was called with, and the history."""
    model = module.Sequential(layers)
    model.compile("categorical_crossentropy", "sgd", ["accuracy"])
    told: list = []
    history = model.fit(
        X, Y, epochs=epochs, validation_data=(X[:3], Y[:3]), on_epoch=lambda *a: told.append(a)
    )
    return {
        "arguments": [len(news) for news in told],
        "epochs": [int(news[0]) for news in told],
        "news": [dict(news[-1]) for news in told],
        "history": history,
    }


def changes(layers: list, X: np.ndarray, Y: np.ndarray, seed: int) -> list:
    """Fit, evaluate and predict with copies of X and Y, and return the copies."""
    X, Y = X.copy(), Y.copy()
    model = module.Sequential(layers)
    model.compile("categorical_crossentropy", "sgd", ["accuracy"])
    model.fit(X, Y, batch_size=2, rng=np.random.default_rng(seed), validation_data=(X, Y))
    model.evaluate(X, Y)
    model.predict(X)
    return [X, Y]


class _Recorder:
    """A layer that notes which rows of X it gets in training, and passes them on."""

    def __init__(self, X: np.ndarray) -> None:
        self.params: dict = {}
        self.grads: dict = {}
        self.rows = {row.tobytes(): number for number, row in enumerate(X)}
        self.batches: list[list[int]] = []

    def forward(self, x, training=False):
        if training:
            rows = np.ascontiguousarray(x, dtype=float)
            self.batches.append([self.rows.get(row.tobytes(), -1) for row in rows])
        return np.array(x)

    def backward(self, dout):
        return np.array(dout)

    def zero_grad(self):
        pass


class _Doubling:
    """A layer that doubles its inputs in training and passes them on otherwise."""

    def __init__(self) -> None:
        self.params: dict = {}
        self.grads: dict = {}

    def forward(self, x, training=False):
        return np.array(x) * (2.0 if training else 1.0)

    def backward(self, dout):
        return np.array(dout) * 2.0

    def zero_grad(self):
        pass


class _Looking:
    """An optimizer that changes nothing and notes which arrays it gets."""

    def __init__(self, layers: list) -> None:
        self.own = [(layer, name) for layer in layers for name in layer.params]
        self.steps: list = []

    def step(self, params, grads):
        seen = []
        for param, grad in zip(params, grads, strict=True):
            places = (i for i, (layer, name) in enumerate(self.own) if layer.params[name] is param)
            number = next(places, -1)
            layer, name = self.own[number]
            fits = number >= 0 and np.array_equal(layer.grads[name], grad)
            seen.append([number, bool(fits)])
        self.steps.append(seen)
