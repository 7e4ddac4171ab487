"""Functions that run in the process of the learner's module: they train, and return the weights.

A model comes back as a list with one entry per layer: the class, the parameters, and for a layer
without parameters what it computes at some points. The check computes predictions from that.
"""

import random

import numpy as np

from . import capstone as module
from . import sequential
from .data import Split

POINTS = np.array([[-3.0, -0.7, -0.2, 0.3, 0.8, 2.5]])


def predicted(seed: int, X: np.ndarray) -> dict:
    """Build a model; return its layers, its predictions, and whether it used other generators."""
    before = _global_states()
    model = module.build_model(np.random.default_rng(seed))
    return {
        "global generators": before != _global_states(),
        "layers": _layers(model),
        "predictions": model.predict(X),
    }


def evaluated(seed: int, X: np.ndarray, y: np.ndarray):
    """Build a model; return what evaluate returns."""
    return module.build_model(np.random.default_rng(seed)).evaluate(X, y)


def split_of(split_parts: list) -> Split:
    """Make a split of four arrays."""
    return Split(*split_parts)


def trained(split_parts: list, seed: int, epochs: int, wanted: list[str]) -> dict:
    """Train on a split; return the layers, and what is wanted of the result.

    "global generators" says whether one of those was used.
    """
    before = _global_states()
    result = _train(Split(*split_parts), seed, epochs)
    return {
        "layers": _layers(result.model),
        "global generators": before != _global_states(),
        **{name: getattr(result, name) for name in wanted},
    }


def tested(split_parts: list, seed: int, epochs: int) -> list:
    """Train on a split; return accuracy and confusion."""
    result = _train(Split(*split_parts), seed, epochs)
    return [result.accuracy, result.confusion]


def rows_taken(split_parts: list, seed: int, epochs: int) -> list[int]:
    """Train; return which rows of X_train the first layer of the model got in training.

    Images that are no rows of X_train are -1.
    """
    split = Split(*split_parts)
    numbers = {row.tobytes(): number for number, row in enumerate(split.X_train)}
    build, taken = module.build_model, []

    def noting(rng):
        model = build(rng)
        first = model.layers[0]
        forward = first.forward

        def note(x, training=False):
            if training:
                rows = np.ascontiguousarray(x, dtype=float)
                taken.extend(numbers.get(row.tobytes(), -1) for row in rows)
            return forward(x, training=training)

        first.forward = note
        return model

    module.build_model = noting
    try:
        _train(split, seed, epochs)
    finally:
        module.build_model = build
    return taken


def weights_after(split_parts: list, seed: int, epochs: int | None = None) -> list:
    """Train on a split; return the layers of the model."""
    return _layers(_train(Split(*split_parts), seed, epochs).model)


def weights_per_split(many: list, seed: int, epochs: int) -> list:
    """Train on one split after the other with one generator; return the layers of each model."""
    rng = np.random.default_rng(seed)
    return [_layers(module.train_model(Split(*parts), rng, epochs).model) for parts in many]


def new_writers(many: list, seed: int, epochs: int):
    """Call measure_new_writers."""
    rng = np.random.default_rng(seed)
    return module.measure_new_writers([Split(*parts) for parts in many], rng, epochs)


def changed(split_parts: list, seed: int) -> dict:
    """Train; return the arrays of the split as they are then, and the layers."""
    split = Split(*(part.copy() for part in split_parts))
    layers = _layers(_train(split, seed, 2).model)
    return {
        "arrays": [split.X_train, split.y_train, split.X_test, split.y_test],
        "layers": layers,
    }


def test_seen(split_parts: list, seed: int, epochs: int) -> dict:
    """Train; return for how many states of the weights but the last a model saw the test part."""
    split = Split(*split_parts)
    kind = sequential.Sequential
    looks: list = []

    def noting(method):
        def call(self, X, *args, **keywords):
            pairs = [a for a in (*args, *keywords.values()) if isinstance(a, tuple) and len(a) == 2]
            given = pairs[0] if pairs else (None,)
            if any(np.array_equal(array, split.X_test) for array in (X, given[0])):
                looks.append(_bytes(self))
            return method(self, X, *args, **keywords)

        return call

    methods = {name: getattr(kind, name) for name in ("forward", "predict", "evaluate", "fit")}
    for name, method in methods.items():
        setattr(kind, name, noting(method))
    try:
        result = module.train_model(split, np.random.default_rng(seed), epochs)
    finally:
        for name, method in methods.items():
            setattr(kind, name, method)
    return {
        "early looks": len(set(looks) - {_bytes(result.model)}),
        "accuracy": float(result.accuracy),
        "layers": _layers(result.model),
    }


def progress(split_parts: list, seed: int, epochs: int) -> dict:
    """Train; return what on_epoch was called with, and the losses of the history."""
    told: list = []
    result = module.train_model(
        Split(*split_parts), np.random.default_rng(seed), epochs, lambda *news: told.append(news)
    )
    return {
        "epochs": [int(news[0]) for news in told],
        "losses": [float(news[1]["loss"]) for news in told],
        "history": [float(loss) for loss in result.history["loss"]],
    }


def _train(split: Split, seed: int, epochs: int | None):
    rng = np.random.default_rng(seed)
    if epochs is None:
        return module.train_model(split, rng)
    return module.train_model(split, rng, epochs)


def _layers(model) -> list:
    found = []
    for layer in model.layers:
        params = {name: np.array(array) for name, array in layer.params.items()}
        values = None if params else np.asarray(layer.forward(POINTS))
        found.append([type(layer).__name__, params, values])
    return found


def _bytes(model) -> tuple:
    return tuple(np.asarray(array).tobytes() for array in model.params.values())


def _global_states() -> tuple:
    kind, keys, place, *_ = np.random.get_state()
    return random.getstate(), kind, keys.tobytes(), place


# for the pictures


def readings(split_parts: list, seed: int, epochs: int) -> tuple:
    """Train; return the classes that are predicted for the test part, and the confusion matrix."""
    result = _train(Split(*split_parts), seed, epochs)
    return np.asarray(result.model.predict(split_parts[2])).argmax(axis=1), result.confusion
