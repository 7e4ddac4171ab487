"""Functions that run in the process of the learner's module."""

import random
from typing import Any

import numpy as np

from ..init import schemes
from . import rnn as module


def write_params(layer, Wx: np.ndarray, Wh: np.ndarray, b: np.ndarray) -> None:
    """Write weights and biases into the arrays of the layer, as an optimizer does."""
    layer.params["Wx"][...] = Wx
    layer.params["Wh"][...] = Wh
    layer.params["b"][...] = b


def zeros_in_the_same_arrays(layer) -> dict[str, bool]:
    """Call zero_grad, and return for each gradient whether an array held before is now zero."""
    held = dict(layer.grads)
    layer.zero_grad()
    return {
        name: bool(np.all(array == 0) and layer.grads[name] is array)
        for name, array in held.items()
    }


def drawn(n_in: int, n_hidden: int, seed: int) -> list[np.ndarray]:
    """Return what lecun_normal draws for Wx and then for Wh."""
    rng = np.random.default_rng(seed)
    return [schemes.lecun_normal(n, n_hidden, rng) for n in (n_in, n_hidden)]


def sequences_used(X: np.ndarray, y: np.ndarray, seed: int, epochs: int) -> dict:
    """Train; return how often each image was a sequence of rows for training, and the orders."""
    numbers = {row.reshape(8, 8).tobytes(): number for number, row in enumerate(X)}
    forward, backward = module.RNN.forward, module.RNN.backward
    taken, only_last, zero = [], [], []

    def noting(self: Any, x: Any, *arguments: Any, **named: Any) -> Any:
        if named.get("training", bool(arguments and arguments[0])):
            rows = np.ascontiguousarray(x, dtype=float)
            taken.extend(numbers.get(sequence.tobytes(), -1) for sequence in rows)
        return forward(self, x, *arguments, **named)

    def noting_gradients(self: Any, dhs: Any) -> Any:
        upstream = np.asarray(dhs)
        only_last.append(bool(upstream[:, -1].any() and not upstream[:, :-1].any()))
        zero.append(not any(np.any(gradient) for gradient in self.grads.values()))
        return backward(self, dhs)

    module.RNN.forward, module.RNN.backward = noting, noting_gradients
    try:
        module.train_on_rows(X, y, np.random.default_rng(seed), epochs)
    finally:
        module.RNN.forward, module.RNN.backward = forward, backward
    n = len(X)
    uses = [taken.count(number) for number in range(n)]
    facts: dict = {
        "images by their number of uses": {k: uses.count(k) for k in sorted(set(uses))},
        "other sequences": -1 in taken,
        "gradients of the last state only": bool(only_last) and all(only_last),
        "gradients are zero before each backward": all(zero),
    }
    if set(uses) == {epochs} and len(taken) == n * epochs:
        orders = [taken[k * n : (k + 1) * n] for k in range(epochs)]
        facts["all images in each epoch"] = all(sorted(order) == list(range(n)) for order in orders)
        facts["in the order of X"] = orders[0] == list(range(n))
        facts["one order for all epochs"] = all(order == orders[0] for order in orders)
    return facts


def trainings_compared(X: np.ndarray, y: np.ndarray, seeds: list[int], epochs: int) -> dict:
    """Train once per seed; return for each whether its weights are those of the first one."""
    before = _global_states(), X.tobytes(), y.tobytes()
    found = [_weights(_train(X, y, seed, epochs)) for seed in seeds]
    return {
        "images": len(X),
        "as the first": [weights == found[0] for weights in found],
        "global generators": before[0] != _global_states(),
        "arguments changed": before[1:] != (X.tobytes(), y.tobytes()),
    }


def layers_returned(X: np.ndarray, y: np.ndarray, seed: int) -> dict:
    """Train for 0 epochs and for one; return what can be seen of the layers."""
    new = _train(X, y, seed, 0)
    trained, first = _first_step(X, y, seed)
    rnn, dense = trained
    facts: dict = {"images": len(X), "layers": [type(layer).__name__ for layer in trained]}
    shapes = [np.shape(rnn.params[name]) for name in ("Wx", "Wh", "b")]
    units = np.size(rnn.params["b"])
    facts["they fit together"] = [*shapes, np.shape(dense.params["W"])] == [
        (8, units), (units, units), (units,), (units, 10),
    ]  # fmt: skip
    facts["0 epochs: the biases are zero"] = not any(layer.params["b"].any() for layer in new)
    facts["1 epoch: all parameters have changed"] = not any(
        np.array_equal(array, after.params[name])
        for before, after in zip(new, trained, strict=True)
        for name, array in before.params.items()
    )
    facts["the first gradient is that of the mean cross-entropy"] = bool(
        first and np.allclose(first[1], _expected_gradient(X, y, new[1], *first), rtol=1e-6)
    )
    return facts


def _first_step(X: np.ndarray, y: np.ndarray, seed: int) -> tuple[Any, list]:
    """Train for one epoch; return the layers, and what the first training step handled.

    These are the sequences, the gradient of their last states, and these states.
    """
    forward, backward, seen, first = module.RNN.forward, module.RNN.backward, [], []

    def noting(self: Any, x: Any, *arguments: Any, **named: Any) -> Any:
        states = forward(self, x, *arguments, **named)
        if named.get("training", bool(arguments and arguments[0])):
            seen[:] = [np.array(x), np.array(states[:, -1])]
        return states

    def noting_gradients(self: Any, dhs: Any) -> Any:
        if seen and not first:
            first.extend([seen[0], np.array(dhs)[:, -1], seen[1]])
        return backward(self, dhs)

    module.RNN.forward, module.RNN.backward = noting, noting_gradients
    try:
        return _train(X, y, seed, 1), first
    finally:
        module.RNN.forward, module.RNN.backward = forward, backward


def _expected_gradient(
    X: np.ndarray, y: np.ndarray, dense: Any, x: np.ndarray, _: np.ndarray, last: np.ndarray
) -> np.ndarray:
    """Return the gradient of the last states by the mean cross-entropy of a dense layer."""
    labels = {row.tobytes(): label for row, label in zip(X, y, strict=True)}
    z = last @ dense.params["W"] + dense.params["b"]
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    for row, sequence in zip(p, x, strict=True):
        row[labels.get(np.ascontiguousarray(sequence, dtype=float).tobytes(), 0)] -= 1.0
    return p / len(p) @ dense.params["W"].T


def trained(X: np.ndarray, y: np.ndarray, seed: int, epochs: int | None = None) -> list:
    """Train; return the class names of both layers, and their parameters."""
    layers = _train(X, y, seed, epochs)
    return [
        [type(layer).__name__, {name: np.array(v) for name, v in layer.params.items()}]
        for layer in layers
    ]


def _train(X: np.ndarray, y: np.ndarray, seed: int, epochs: int | None) -> Any:
    rng = np.random.default_rng(seed)
    if epochs is None:
        return module.train_on_rows(X, y, rng)
    return module.train_on_rows(X, y, rng, epochs)


def _weights(layers: Any) -> tuple:
    return tuple(np.asarray(v).tobytes() for layer in layers for v in layer.params.values())


def _global_states() -> tuple:
    kind, keys, place, *_ = np.random.get_state()
    return random.getstate(), kind, keys.tobytes(), place
