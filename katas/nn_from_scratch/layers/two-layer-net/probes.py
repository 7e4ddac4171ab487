"""Functions that run beside the learner's network.

The steps are taken here, so that what `forward` gave out on the way does not cross.
"""

import random

import numpy as np

from ..digits.data import frozen_split
from . import two_layer as module

NAMES = ("W1", "b1", "W2", "b2")


def after_a_step(net, X, y, learning_rate) -> dict:
    """Return all parameters after forward(X) and one step on X and y."""
    net.forward(X)
    net.backward(X, y, learning_rate)
    return {name: getattr(net, name) for name in NAMES}


def output_layer_after_a_step(net, X, y, learning_rate) -> dict:
    """Return W2 and b2 after one step, without any forward before it."""
    net.backward(X, y, learning_rate)
    return {"W2": net.W2, "b2": net.b2}


def output_layer_after_a_look_elsewhere(net, X, y, learning_rate, other) -> dict:
    """Return W2 and b2 after forward(X), forward(other) and one step on X and y."""
    net.forward(X)
    net.forward(other)
    net.backward(X, y, learning_rate)
    return {"W2": net.W2, "b2": net.b2}


def output_layer_after_new_weights(net, X, y, learning_rate, weights) -> dict:
    """Return W2 and b2 after forward(X), other weights and one step on X and y."""
    net.forward(X)
    for name, value in weights.items():
        setattr(net, name, value)
    net.backward(X, y, learning_rate)
    return {"W2": net.W2, "b2": net.b2}


def gradient_growth(net, X, y, times) -> dict | str:
    """Return by what the gradients are multiplied when every sample is given several times."""
    once, often = (net.gradients(np.repeat(X, n, axis=0), np.repeat(y, n)) for n in (1, times))
    return _growth(once, often)


def step_growth(net, X, y, times) -> dict | str:
    """Return by what a tiny step is multiplied when every sample is given several times."""
    start = {name: np.array(getattr(net, name)) for name in NAMES}
    steps = []
    for n in (1, times):
        samples, labels = np.repeat(X, n, axis=0), np.repeat(y, n)
        after = after_a_step(net, samples, labels, 1e-6)
        if not _are_like(after, start):
            return "a parameter is no array of its shape any more"
        steps.append({name: start[name] - after[name] for name in NAMES})
        for name in NAMES:
            setattr(net, name, start[name].copy())
    return _growth(*steps)


def batch_gradients(net, X, y) -> str:
    """Say how the gradients of a batch relate to those of its samples."""
    whole = net.gradients(X, y)
    single = [net.gradients(X[i : i + 1], y[i : i + 1]) for i in range(len(X))]
    if not all(_are_like(one, whole) for one in (*single, whole)):
        return "they are no dictionaries of arrays of the same shapes"
    for name in NAMES:
        mean = np.mean([one[name] for one in single], axis=0)
        if not np.allclose(whole[name], mean, rtol=1e-6, atol=1e-9):
            return f"{name} is not the mean over the samples"
    return "the mean over the samples"


def old_arrays_after_a_step(net, X, y) -> str:
    """Say whether the arrays that held the parameters are the same after a step."""
    arrays = {name: getattr(net, name) for name in NAMES}
    before = {name: np.array(array) for name, array in arrays.items()}
    net.forward(X)
    net.backward(X, y, 0.5)
    if all(np.array_equal(getattr(net, name), before[name]) for name in NAMES):
        return "no step was taken"
    changed = [name for name in NAMES if not np.array_equal(arrays[name], before[name])]
    return f"changed: {', '.join(changed)}" if changed else "the same"


def start(hidden, rng) -> dict:
    """Say which variance a new network's weights have, and what its biases are."""
    net = module.NeuralNetwork(200, 300, 100, rng, hidden=hidden)
    found = {}
    for name, fan_in, fan_out in (("W1", 200, 300), ("W2", 300, 100)):
        weights = getattr(net, name)
        if np.shape(weights) != (fan_in, fan_out):
            found[name] = f"shape {np.shape(weights)}"
        else:
            found[name] = _variance(float(np.var(weights)), fan_in, fan_out)
    for name, size in (("b1", 300), ("b2", 100)):
        biases = getattr(net, name)
        if np.shape(biases) != (size,):
            found[name] = f"shape {np.shape(biases)}"
        else:
            found[name] = "not all zero" if np.any(biases) else "zeros"
    return found


def generator_use(seed) -> str:
    """Say where the first weights come from."""
    before = np.random.get_state()[1:3], random.getstate()
    rng = np.random.default_rng(seed)
    first, second = (_first_weights(rng) for _ in range(2))
    after = np.random.get_state()[1:3], random.getstate()
    if after[1] != before[1] or any(map(np.any, map(np.not_equal, after[0], before[0]))):
        return "a global generator is used"
    if not np.array_equal(first, _first_weights(np.random.default_rng(seed))):
        return "the same seed gives other weights"
    if np.array_equal(first, second):
        return "two networks get the same weights"
    return "the generator that is passed, and no other"


def reads_digits(seed, steps) -> str:
    """Say how well the digits are read after some steps on all training images at once."""
    split = frozen_split()
    net = module.NeuralNetwork(64, 32, 10, np.random.default_rng(seed))
    for _ in range(steps):
        net.forward(split.X_train)
        net.backward(split.X_train, split.y_train, 1.0)
    guesses = np.argmax(net.forward(split.X_test), axis=1)
    right = float(np.mean(guesses == split.y_test))
    if right > 0.92:
        return "more than 92 %"
    return "no better than guessing" if right < 0.2 else f"only {100 * right:.0f} %"


def _growth(once, often) -> dict | str:
    if not _are_like(once, often):
        return "they are no dictionaries of arrays of the same shapes"
    growth = {}
    for name in NAMES:
        size = float(np.linalg.norm(once[name]))
        growth[name] = round(float(np.linalg.norm(often[name])) / size, 3) if size else 0.0
    return growth


def _are_like(some, other) -> bool:
    if not (isinstance(some, dict) and isinstance(other, dict)):
        return False
    arrays = [(some.get(name), other.get(name)) for name in NAMES]
    return all(
        isinstance(a, np.ndarray) and isinstance(b, np.ndarray) and a.shape == b.shape
        for a, b in arrays
    )


def _variance(value: float, fan_in: int, fan_out: int) -> str:
    sizes = {"fan_in": fan_in, "fan_out": fan_out, "(fan_in + fan_out)": fan_in + fan_out}
    for name, size in sizes.items():
        for n in (1, 2):
            if abs(value * size / n - 1) < 0.05:
                return f"variance {n}/{name}"
    return f"variance {value:.1g}"


def _first_weights(rng) -> np.ndarray:
    net = module.NeuralNetwork(3, 5, 4, rng)
    return np.concatenate([np.ravel(net.W1), np.ravel(net.W2)])


def gradients_at(weights, X, y, hidden) -> dict:
    """Return the gradients of a network with these weights."""
    return _network(weights, hidden).gradients(X, y)


def losses_of_steps(weights, X, y, hidden, steps, learning_rate) -> list:
    """Take so many steps; return the loss before each, and after the last."""
    net = _network(weights, hidden)
    losses = [net.loss(X, y)]
    for _ in range(steps):
        net.forward(X)
        net.backward(X, y, learning_rate)
        losses.append(net.loss(X, y))
    return losses


def _network(weights, hidden):
    (D, H), (_, C) = weights["W1"].shape, weights["W2"].shape
    net = module.NeuralNetwork(D, H, C, np.random.default_rng(0), hidden=hidden)
    for name, value in weights.items():
        setattr(net, name, np.array(value))
    return net
