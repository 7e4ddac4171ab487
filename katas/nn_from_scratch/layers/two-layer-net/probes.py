"""Functions that run in the process of the learner's network.

The steps are taken here, so that the results of `forward` on the way need not cross.
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


def output_layer_after_forward_and_a_step(net, X, y, learning_rate) -> dict:
    """Return W2 and b2 after forward(X) and one step on X and y."""
    net.forward(X)
    net.backward(X, y, learning_rate)
    return {"W2": net.W2, "b2": net.b2}


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


def output_layer_gradients(net, X, y) -> dict:
    """Return the gradients of W2 and b2."""
    gradients = net.gradients(X, y)
    return {"W2": gradients["W2"], "b2": gradients["b2"]}


def loss_trend(net, X, y, times, learning_rate, steps) -> str:
    """Return in words whether the loss is smaller after some steps, with every sample repeated."""
    X, y = np.repeat(X, times, axis=0), np.repeat(y, times)
    before = net.loss(X, y)
    for _ in range(steps):
        net.forward(X)
        net.backward(X, y, learning_rate)
    after = net.loss(X, y)
    if not (np.isfinite(before) and np.isfinite(after)):
        return "the loss is not finite"
    return "the loss falls" if after < before else "the loss rises"


def gradient_growth(net, X, y, times) -> dict | str:
    """Return the factor by which the gradients grow when every sample is given several times."""
    once, often = (net.gradients(np.repeat(X, n, axis=0), np.repeat(y, n)) for n in (1, times))
    return _growth(once, often)


def step_growth(net, X, y, times) -> dict | str:
    """Return the factor by which a tiny step grows when every sample is given several times."""
    start = {name: np.array(getattr(net, name)) for name in NAMES}
    steps = []
    for n in (1, times):
        samples, labels = np.repeat(X, n, axis=0), np.repeat(y, n)
        after = after_a_step(net, samples, labels, 1e-6)
        if not _are_like(after, start):
            return "a parameter is no longer an array of its shape"
        steps.append({name: start[name] - after[name] for name in NAMES})
        for name in NAMES:
            setattr(net, name, start[name].copy())
    return _growth(*steps)


def batch_gradients(net, X, y) -> str:
    """Return in words how the gradients of a batch relate to those of its samples."""
    whole = net.gradients(X, y)
    single = [net.gradients(X[i : i + 1], y[i : i + 1]) for i in range(len(X))]
    if not all(_are_like(one, whole) for one in (*single, whole)):
        return "not dictionaries of arrays of the same shapes"
    for name in NAMES:
        mean = np.mean([one[name] for one in single], axis=0)
        if not np.allclose(whole[name], mean, rtol=1e-6, atol=1e-9):
            return f"{name} is not the mean over the samples"
    return "the mean over the samples"


def start(hidden, rng) -> dict:
    """Return in words the variance of the first weights, and what the biases are."""
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


def generator_use(seed) -> dict:
    """Return in words, for each weight matrix, where its numbers come from."""
    numpy_before, python_before = np.random.get_state(), random.getstate()
    rng = np.random.default_rng(seed)
    first, second = _first_weights(rng), _first_weights(rng)
    numpy_after, python_after = np.random.get_state(), random.getstate()
    again = _first_weights(np.random.default_rng(seed))
    other = _first_weights(np.random.default_rng(seed + 1))
    found = {}
    for name, weights in first.items():
        if not np.array_equal(weights, again[name]):
            found[name] = "the same seed gives other weights"
        elif np.array_equal(weights, other[name]):
            found[name] = "another seed gives the same weights"
        elif np.array_equal(weights, second[name]):
            found[name] = "two networks get the same weights"
        else:
            found[name] = "from rng"
    same_state = numpy_after[2] == numpy_before[2] and np.array_equal(
        numpy_after[1], numpy_before[1]
    )
    found["the global generator of numpy"] = "not used" if same_state else "used"
    found["the global generator of Python"] = (
        "not used" if python_after == python_before else "used"
    )
    return found


def digits_test_part() -> tuple:
    """Return the images and labels of the test part."""
    split = frozen_split()
    return split.X_test, split.y_test


def trained_on_digits(seed, steps, labels) -> dict:
    """Return the parameters after some steps on all training images at once.

    The digit d is labelled labels[d].
    """
    split = frozen_split()
    net = module.NeuralNetwork(64, 32, 10, np.random.default_rng(seed))
    for _ in range(steps):
        net.forward(split.X_train)
        net.backward(split.X_train, np.array(labels)[split.y_train], 1.0)
    return {name: getattr(net, name) for name in NAMES}


def _growth(once, often) -> dict | str:
    if not _are_like(once, often):
        return "not dictionaries of arrays of the same shapes"
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


def _first_weights(rng) -> dict:
    net = module.NeuralNetwork(3, 5, 4, rng)
    return {"W1": np.array(net.W1), "W2": np.array(net.W2)}


def gradients_at(weights, X, y, hidden) -> dict:
    """Return the gradients of a network with these weights."""
    return _network(weights, hidden).gradients(X, y)


def losses_of_steps(weights, X, y, hidden, steps, learning_rate) -> list:
    """Return the loss before each of some steps, and after the last."""
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
