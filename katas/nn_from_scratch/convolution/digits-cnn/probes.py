"""Functions that run in the process of the learner's module: they build and train its networks.

Each module has a network of its own. The functions return what is the same for all right modules,
or the weights, from which the checks compute the rest.
"""

import random
from typing import Any

import numpy as np

from ..digits.sequential import Sequential
from ..layers.activation import ReLU
from ..layers.dense import Dense
from . import cnn as module
from .backward import Conv2D


def counted(sizes: list) -> object:
    """Return what param_count says about a dense layer and a convolution of these sizes."""
    units_in, units_out, channels, filters, rows, columns = sizes
    rng = np.random.default_rng(0)
    return module.param_count(
        Sequential(
            [
                Conv2D(channels, filters, (rows, columns), rng),
                ReLU(),
                Dense(units_in, units_out, rng),
            ]
        )
    )


def classes_of(seed: int) -> list[str]:
    """Build a network; return the class names of its layers."""
    return [type(layer).__name__ for layer in _built(seed).layers]


def network_facts(seed: int, X: np.ndarray, y: np.ndarray) -> dict:
    """Build a network; return what can be seen of its predictions and of its loss."""
    model = _built(seed)
    p = np.asarray(model.predict(X))
    facts: dict = {"class": type(model).__name__, "predictions": p.shape}
    if p.shape == (len(X), 10):
        facts["probabilities"] = bool((p >= 0).all() and np.allclose(p.sum(axis=1), 1.0))
        facts["last layer"] = type(model.layers[-1]).__name__
    if facts.get("probabilities"):
        loss = float(next(iter(model.evaluate(X, y))))
        facts["evaluate gives the cross-entropy"] = bool(np.isclose(loss, _loss(p, y), rtol=1e-7))
    return facts


def size_facts(seed: int) -> dict:
    """Build a network; return whether it is small, and whether it has a convolution."""
    model = _built(seed)
    count = sum(np.size(array) for array in model.params.values())
    return {
        "seed": seed,
        "fewer than 5000 parameters": count < 5000,
        "has a Conv2D": any(isinstance(layer, Conv2D) for layer in model.layers),
    }


def first_loss(seeds: list[int], X: np.ndarray, y: np.ndarray) -> dict:
    """Build networks; return in words how the middle one of their losses compares with a guess."""
    losses = []
    for seed in seeds:
        p = np.asarray(_built(seed).predict(X), float)
        if not np.allclose(p.sum(axis=1), 1.0):
            p = np.exp(p - p.max(axis=1, keepdims=True))
            p /= p.sum(axis=1, keepdims=True)
        losses.append(_loss(p, y))
    ratio = float(np.median(losses)) / np.log(10)
    word = "right" if 0.95 < ratio < 1.05 else "too large" if ratio > 1 else "too small"
    return {"networks": len(seeds), "the loss is": word}


def networks_compared(seeds: list[int]) -> dict:
    """Build a network per seed; return for each whether it has the weights of the first one."""
    before = _global_states()
    found = [_weights(_built(seed)) for seed in seeds]
    return {
        "as the first": [weights == found[0] for weights in found],
        "global generators": before != _global_states(),
    }


def rows_taken(X: np.ndarray, y: np.ndarray, seed: int, epochs: int) -> dict:
    """Train; return how often the first layer got each image for training, and in which orders."""
    numbers = {row.tobytes(): number for number, row in enumerate(X)}
    build, taken = module.build_cnn, []

    def noting(*arguments: Any, **named: Any) -> Any:
        model = build(*arguments, **named)
        first = model.layers[0]
        forward = first.forward

        def note(x: Any, training: bool = False) -> Any:
            if training:
                rows = np.ascontiguousarray(x, dtype=float)
                taken.extend(numbers.get(row.tobytes(), -1) for row in rows)
            return forward(x, training=training)

        first.forward = note
        return model

    module.build_cnn = noting
    try:
        module.train_cnn(X, y, np.random.default_rng(seed), epochs)
    finally:
        module.build_cnn = build
    n = len(X)
    uses = [taken.count(number) for number in range(n)]
    facts: dict = {"images by their number of uses": {k: uses.count(k) for k in sorted(set(uses))}}
    if set(uses) == {epochs} and len(taken) == n * epochs:
        orders = [taken[k * n : (k + 1) * n] for k in range(epochs)]
        facts["all images in each epoch"] = all(sorted(order) == list(range(n)) for order in orders)
        facts["in the order of X"] = orders[0] == list(range(n))
        facts["one order for all epochs"] = all(order == orders[0] for order in orders)
    return facts


def epochs_facts(X: np.ndarray, y: np.ndarray, seed: int) -> dict:
    """Train for 0 and for a few epochs; compare weights and losses."""
    start = _built(seed)
    none = module.train_cnn(X, y, np.random.default_rng(seed), 0)
    some = module.train_cnn(X, y, np.random.default_rng(seed), epochs=30)
    return {
        "images": len(X),
        "0 epochs keep the first weights": _weights(none) == _weights(start),
        # The middle one: the loss of an image that was held out may be very large.
        "30 epochs: most images have a smaller loss": bool(
            np.median(_losses(some, X, y)) < 0.8 * np.median(_losses(start, X, y))
        ),
    }


def models_compared(X: np.ndarray, y: np.ndarray, seeds: list[int]) -> dict:
    """Train once per seed; return in words how its weights compare with those of the first one."""
    before = _global_states(), X.tobytes(), y.tobytes()
    found = [module.train_cnn(X, y, np.random.default_rng(seed), 2).params for seed in seeds]
    return {
        "images": len(X),
        "weights": [_compared(found[0], params) for params in found],
        "global generators": before[0] != _global_states(),
        "arguments changed": before[1:] != (X.tobytes(), y.tobytes()),
    }


def traced(
    X: np.ndarray, y: np.ndarray, seed: int, epochs: int | None, points: np.ndarray, new: np.ndarray
) -> dict:
    """Train; return per layer its name, its parameters and what it computes, and predictions."""
    rng = np.random.default_rng(seed)
    model = module.train_cnn(X, y, rng) if epochs is None else module.train_cnn(X, y, rng, epochs)
    found, x = [], points
    for layer in model.layers:
        x = np.asarray(layer.forward(x))
        params = {name: np.array(array) for name, array in layer.params.items()}
        found.append([type(layer).__name__, params, x])
    return {"layers": found, "predictions": model.predict(new)}


# for the pictures


def maps(X: np.ndarray, y: np.ndarray, seed: int, epochs: int, image: np.ndarray) -> dict:
    """Train; return the filters of the first convolution, its maps of an image, and the answer."""
    model = module.train_cnn(X, y, np.random.default_rng(seed), epochs)
    x, found = image, {}
    for layer in model.layers:
        x = np.asarray(layer.forward(x))
        if isinstance(layer, Conv2D) and not found:
            found = {"filters": np.array(layer.params["w"]), "maps": x[0]}
    return {**found, "probabilities": x[0]}


def _built(seed: int) -> Any:
    return module.build_cnn(np.random.default_rng(seed))


def _weights(model: Any) -> tuple:
    return tuple(np.asarray(array).tobytes() for array in model.params.values())


def _compared(first: dict, other: dict) -> str:
    """Return "the same", "nearly the same" or "others"; another order of sums rounds otherwise."""
    one, two = (np.concatenate([np.ravel(a) for a in p.values()]) for p in (first, other))
    if one.tobytes() == two.tobytes():
        return "the same"
    alike = one.shape == two.shape and np.mean(np.abs(one - two) > 1e-6) < 0.5
    return "nearly the same" if alike else "others"


def _loss(p: np.ndarray, y: np.ndarray) -> float:
    return float(-np.log(np.maximum(p[np.arange(len(y)), y], 1e-300)).mean())


def _losses(model: Any, X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the loss of each image."""
    p = np.asarray(model.predict(X), float)
    if not np.allclose(p.sum(axis=1), 1.0):
        p = np.exp(p - p.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
    return -np.log(np.maximum(p[np.arange(len(y)), y], 1e-300))


def _global_states() -> tuple:
    kind, keys, place, *_ = np.random.get_state()
    return random.getstate(), kind, keys.tobytes(), place
