"""Functions that run in the process of the learner's module: they train with it.

Every module has a model of its own, so its weights and numbers are its own. Most functions here
return what is the same for all right modules: counts, names, and how results compare. The functions
for the slow checks return the weights, and the checks compute predictions from them.
"""

import random
from typing import Any

import numpy as np

from . import capstone as module
from . import sequential
from .data import Split

POINTS = np.array([[-3.0, -0.7, -0.2, 0.3, 0.8, 2.5]])


def split_of(split_parts: list) -> Split:
    """Make a split of four arrays."""
    return Split(*split_parts)


# facts that are the same for all right modules


def model_facts(seed: int, X: np.ndarray, y: np.ndarray) -> dict:
    """Build a model; return what can be seen of its predictions and of its loss."""
    model = module.build_model(np.random.default_rng(seed))
    p = np.asarray(model.predict(X))
    facts: dict = {
        "class": type(model).__name__,
        "predictions": p.shape,
        "probabilities": bool((p >= 0).all() and np.allclose(p.sum(axis=1), 1.0, atol=1e-9)),
        "last layer": type(model.layers[-1]).__name__,
    }
    if facts["probabilities"]:
        loss = float(next(iter(model.evaluate(X, y))))
        facts["evaluate gives the cross-entropy"] = bool(np.isclose(loss, _loss(p, y), rtol=1e-7))
    return facts


def first_losses(seeds: list[int], X: np.ndarray, y: np.ndarray) -> dict:
    """Build models; return in words how their mean loss compares with that of a guess.

    The second word is that of the same models with smaller weights in the last layer, so that a
    loss that is too large for another reason is told apart.
    """
    first, smaller = [], []
    for seed in seeds:
        model = module.build_model(np.random.default_rng(seed))
        first.append(_loss(_probabilities(model, X), y))
        last = [name for name in model.params if name.endswith(".W")][-1]
        model.params[last][...] *= 0.1
        smaller.append(_loss(_probabilities(model, X), y))
    return {
        "models": len(seeds),
        "the loss is": _size_word(first),
        "with last weights ten times smaller": _size_word(smaller),
    }


def _size_word(losses: list[float]) -> str:
    ratio = float(np.mean(losses)) / np.log(10)
    return "right" if 0.95 < ratio < 1.05 else "too large" if ratio > 1 else "too small"


def models_compared(seeds: list[int]) -> dict:
    """Build a model per seed; return for each whether it has the weights of the first one."""
    before = _global_states()
    models = [module.build_model(np.random.default_rng(seed)) for seed in seeds]
    return {
        "as the first": [_weights(model) == _weights(models[0]) for model in models],
        "global generators": before != _global_states(),
    }


def initial_loss_facts(split_parts: list, seed: int, epochs: int) -> dict:
    """Train; return which losses initial_loss could be."""
    result = _train(split_parts, seed, epochs)
    start = _train(split_parts, seed, 0).model
    X, y, X_test, y_test = split_parts
    told = float(result.initial_loss)
    losses = {
        "of the training set, before the first step": _loss(_probabilities(start, X), y),
        "of the training set, after the last step": _loss(_probabilities(result.model, X), y),
        "of the test set, before the first step": _loss(_probabilities(start, X_test), y_test),
        "of the test set, after the last step": _loss(_probabilities(result.model, X_test), y_test),
    }
    found = [name for name, loss in losses.items() if np.isclose(told, loss, rtol=1e-7)]
    return {"epochs": epochs, "the loss": found[0] if found else "none that is known"}


def epochs_facts(split_parts: list, seed: int, many: list[int]) -> dict:
    """Train for each number of epochs; return whether losses and weights fit it."""
    results = [_train(split_parts, seed, epochs) for epochs in many]
    weights = [_weights(result.model) for result in results]
    again = _weights(_train(split_parts, seed, many[0]).model)
    return {
        "a loss per epoch": [
            len(result.history["loss"]) == epochs
            for result, epochs in zip(results, many, strict=True)
        ],
        "different weights": len(set(weights)),
        "the same once more": again == weights[0],
    }


def tested(split_parts: list, seed: int, epochs: int) -> list:
    """Train on a split; return accuracy and confusion."""
    result = _train(split_parts, seed, epochs)
    return [result.accuracy, result.confusion]


def learnt_by_heart(split_parts: list, seeds: list[int], epochs: int) -> dict:
    """Train once per seed; return for each whether all training images are classified correctly."""
    X, y, *_ = split_parts
    models = [_train(split_parts, seed, epochs).model for seed in seeds]
    return {
        "images": len(X),
        "epochs": epochs,
        "all correct": [bool((_read(model, X) == y).all()) for model in models],
    }


def rows_taken(split_parts: list, seed: int, epochs: int) -> dict:
    """Train; return how often the first layer got each training image, and in which orders."""
    X = split_parts[0]
    numbers = {row.tobytes(): number for number, row in enumerate(X)}
    build, taken = module.build_model, []

    def noting(*arguments: Any) -> Any:
        model = build(*arguments)
        first = model.layers[0]
        forward = first.forward

        def note(x: Any, training: bool = False) -> Any:
            if training:
                rows = np.ascontiguousarray(x, dtype=float)
                taken.extend(numbers.get(row.tobytes(), -1) for row in rows)
            return forward(x, training=training)

        first.forward = note
        return model

    module.build_model = noting
    try:
        _train(split_parts, seed, epochs)
    finally:
        module.build_model = build
    n = len(X)
    uses = [taken.count(number) for number in range(n)]
    facts: dict = {
        "images by their number of uses": {str(k): uses.count(k) for k in sorted(set(uses))},
        "uses of other images": taken.count(-1),
    }
    if set(uses) == {epochs} and len(taken) == n * epochs:
        orders = [taken[k * n : (k + 1) * n] for k in range(epochs)]
        facts["all images in each epoch"] = all(sorted(order) == list(range(n)) for order in orders)
        facts["in the order of X_train"] = orders[0] == list(range(n))
        facts["one order for all epochs"] = all(order == orders[0] for order in orders)
    return facts


def epoch_that_came_back(split_parts: list, seed: int, epochs: int, best: int) -> dict:
    """Train with a test set on which epoch `best` has the best accuracy, and with another one.

    Return, in words, the weights of which epoch came back from the first training. With the other
    test set the same epoch may be the best one too, so the second training is looked at last.
    """
    X, y, X_test, y_test = split_parts
    early = _train(split_parts, seed, best).model
    start = _weights(_train(split_parts, seed, 0).model)
    result = _train([X, y, X_test, _read(early, X_test)], seed, epochs)
    other = _train([X, y, X_test[::2], y_test[::2]], seed, epochs)
    got = _weights(result.model)
    if start != got == _weights(early):
        words = "the epoch that is best on the test set"
    elif got == _weights(other.model):
        words = "the last epoch"
    else:
        words = "weights that depend on the test set"
    return {"images": len(X), "what came back": words, "steps": got != _weights(early)}


def looks_at_test(split_parts: list, seed: int, epochs: int) -> dict:
    """Train; return for how many states of the weights but the last a model saw the test set.

    The first epoch has the best accuracy on the test set. Return also whether the accuracy is that
    of the model, and whether the model is that of the first epoch.
    """
    X, y, X_test, _ = split_parts
    first = _train(split_parts, seed, 1).model
    y_test = _read(first, X_test)
    split = Split(X, y, X_test, y_test)
    kind = sequential.Sequential
    looks: list = []

    def noting(method: Any) -> Any:
        def call(self: Any, x: Any, *args: Any, **keywords: Any) -> Any:
            pairs = [a for a in (*args, *keywords.values()) if isinstance(a, tuple) and len(a) == 2]
            given = pairs[0] if pairs else (None,)
            if any(np.array_equal(array, X_test) for array in (x, given[0])):
                looks.append(_weights(self))
            return method(self, x, *args, **keywords)

        return call

    methods = {name: getattr(kind, name) for name in ("forward", "predict", "evaluate", "fit")}
    for name, method in methods.items():
        setattr(kind, name, noting(method))
    try:
        result = module.train_model(split, np.random.default_rng(seed), epochs)
    finally:
        for name, method in methods.items():
            setattr(kind, name, method)
    share = _share(_read(result.model, X_test), y_test)
    return {
        "images": len(X),
        "early looks": len(set(looks) - {_weights(result.model)}) > 0,
        "accuracy of the model": bool(np.isclose(float(result.accuracy), share)),
        "weights of the first epoch": _weights(result.model) == _weights(first),
    }


def results_compared(split_parts: list, seeds: list[int], epochs: int) -> dict:
    """Train once per seed; return for each whether its result is that of the first one."""
    before = _global_states()
    results = [_train(split_parts, seed, epochs) for seed in seeds]
    first = results[0]
    return {
        "epochs": [len(result.history["loss"]) for result in results],
        "weights as the first": [_weights(r.model) == _weights(first.model) for r in results],
        "losses as the first": [
            np.allclose(r.history["loss"], first.history["loss"], rtol=1e-9) for r in results
        ],
        "global generators": before != _global_states(),
    }


def changed(split_parts: list, seed: int) -> dict:
    """Train; return the names of the arrays that have changed, and whether the model has."""
    split = Split(*(part.copy() for part in split_parts))
    names = ("X_train", "y_train", "X_test", "y_test")
    model = module.train_model(split, np.random.default_rng(seed), 2).model
    return {
        "images": len(split.X_train),
        "changed": [
            name
            for name, before in zip(names, split_parts, strict=True)
            if not np.array_equal(getattr(split, name), before)
        ],
        "trained": _weights(model) != _weights(_train(split_parts, seed, 0).model),
    }


def progress(split_parts: list, seed: int, epochs: int) -> dict:
    """Train; return the numbers that on_epoch got, and whether the losses are those reported."""
    told: list = []
    result = module.train_model(
        Split(*split_parts), np.random.default_rng(seed), epochs, lambda *news: told.append(news)
    )
    losses = [float(news[1]["loss"]) for news in told]
    return {
        "epochs": [int(news[0]) for news in told],
        "losses as in the history": losses == [float(x) for x in result.history["loss"]],
    }


def new_writers(many: list, seed: int, epochs: int) -> Any:
    """Call measure_new_writers."""
    rng = np.random.default_rng(seed)
    return module.measure_new_writers([Split(*parts) for parts in many], rng, epochs)


def models_for_writers(many: list, seed: int) -> dict:
    """Call measure_new_writers for one epoch; return how many models were built."""
    build, built = module.build_model, []

    def noting(*arguments: Any) -> Any:
        built.append(build(*arguments))
        return built[-1]

    module.build_model = noting
    try:
        new_writers(many, seed, 1)
    finally:
        module.build_model = build
    return {"splits": len(many), "models": len(built)}


# weights, from which the slow checks compute everything


def started(seed: int, X: np.ndarray) -> dict:
    """Build a model; return its layers and its predictions."""
    model = module.build_model(np.random.default_rng(seed))
    return {"layers": _layers(model), "predictions": model.predict(X)}


def trained(split_parts: list, seed: int, epochs: int | None = None) -> dict:
    """Train; return the layers, and the numbers of the result."""
    result = _train(split_parts, seed, epochs)
    return {
        "layers": _layers(result.model),
        "initial_loss": result.initial_loss,
        "accuracy": result.accuracy,
        "confusion": result.confusion,
    }


def weights_after(split_parts: list, seed: int, epochs: int | None = None) -> list:
    """Train on a split; return the layers of the model."""
    return _layers(_train(split_parts, seed, epochs).model)


def weights_per_split(many: list, seed: int, epochs: int) -> list:
    """Train on one split after the other with one generator; return the layers of each model."""
    rng = np.random.default_rng(seed)
    return [_layers(module.train_model(Split(*parts), rng, epochs).model) for parts in many]


# for the pictures


def readings(split_parts: list, seed: int, epochs: int) -> tuple:
    """Train; return the classes that are predicted for the test set, and the confusion matrix."""
    result = _train(split_parts, seed, epochs)
    return _read(result.model, split_parts[2]), result.confusion


def _train(split_parts: list, seed: int, epochs: int | None) -> Any:
    rng, split = np.random.default_rng(seed), Split(*split_parts)
    return (
        module.train_model(split, rng) if epochs is None else module.train_model(split, rng, epochs)
    )


def _layers(model: Any) -> list:
    """Return per layer its class, its parameters, and without any what it computes at POINTS."""
    found = []
    for layer in model.layers:
        params = {name: np.array(array) for name, array in layer.params.items()}
        values = None if params else np.asarray(layer.forward(POINTS))
        found.append([type(layer).__name__, params, values])
    return found


def _weights(model: Any) -> tuple:
    return tuple(np.asarray(array).tobytes() for array in model.params.values())


def _probabilities(model: Any, X: np.ndarray) -> np.ndarray:
    """Return predictions as probabilities, even for a model that forgets the softmax."""
    p = np.asarray(model.predict(X), dtype=float)
    if (p >= 0).all() and np.allclose(p.sum(axis=1), 1.0):
        return p
    e = np.exp(p - p.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _read(model: Any, X: np.ndarray) -> np.ndarray:
    return np.asarray(model.predict(X)).argmax(axis=1)


def _loss(p: np.ndarray, y: np.ndarray) -> float:
    return float(-np.log(np.maximum(p[np.arange(len(y)), y], 1e-300)).mean())


def _share(read: np.ndarray, y: np.ndarray) -> float:
    return float(np.mean(read == y))


def _global_states() -> tuple:
    kind, keys, place, *_ = np.random.get_state()
    return random.getstate(), kind, keys.tobytes(), place
