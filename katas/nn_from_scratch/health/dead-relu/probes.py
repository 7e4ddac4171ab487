"""Functions that run in the process of the learner's module."""

import random

import numpy as np

from . import dead_relu as module


def write_params(layer, W: np.ndarray, b: np.ndarray) -> None:
    """Write weights and biases into the arrays of a dense layer."""
    layer.params["W"][...] = W
    layer.params["b"][...] = b


def revived(W: np.ndarray, b: np.ndarray, dead: np.ndarray, seed: int) -> tuple:
    """Call revive, and return what is the same for all ways to draw the new weights.

    The results are the number of new weights per unit, the biases, and words for the new weights.
    """
    old, W, b, rng = W, W.copy(), b.copy(), np.random.default_rng(seed)
    before = rng.bit_generator.state
    module.revive(W, b, dead, rng)
    changed = old != W
    counts = changed.sum(axis=0)
    if dead.any() and not changed.any():
        drawn = rng.bit_generator.state != before
        return counts, b, f"no weight is new, and rng was {'used' if drawn else 'not used'}"
    if not (changed.all(axis=0) | ~changed.any(axis=0)).all():
        return counts, b, "some units have only some new weights"
    return counts, b, _words(W[:, changed.any(axis=0)])


def source_of_weights(W: np.ndarray, b: np.ndarray, dead: np.ndarray, seed: int) -> tuple:
    """Return the number of new weights per unit, and where revive takes its numbers from."""
    numpy_before, python_before = np.random.get_state(), random.getstate()
    results = [W.copy() for _ in range(3)]
    for result, s in zip(results, (seed, seed, seed + 1), strict=True):
        module.revive(result, b.copy(), dead, np.random.default_rng(s))
    numpy_after = np.random.get_state()
    counts = (results[0] != W).sum(axis=0)
    if random.getstate() != python_before or numpy_after[2] != numpy_before[2]:
        return counts, "a global generator is used"
    if not np.array_equal(results[0], results[1]):
        return counts, "the same seed gives other weights"
    if np.array_equal(results[0], results[2]):
        return counts, "another seed gives the same weights"
    rng = np.random.default_rng(seed)
    one, other = W.copy(), W.copy()
    module.revive(one, b.copy(), dead, rng)
    module.revive(other, b.copy(), dead, rng)
    if np.array_equal(one, other):
        return counts, "the same generator gives the same weights twice"
    return counts, "the generator that is passed"


def refused(W: np.ndarray, b: np.ndarray, dead: object) -> tuple:
    """Return whether revive raises a ValueError, and W and b after it."""
    W, b = W.copy(), b.copy()
    try:
        module.revive(W, b, dead, np.random.default_rng(0))
    except ValueError:
        return "ValueError", W, b
    return "accepted", W, b


def _words(weights: np.ndarray) -> str:
    """Return the distribution of new weights (I, units), as a formula where one fits."""
    if weights.size < 500:
        return "too few to say"
    if np.ptp(weights, axis=1).max() == 0:
        return "all units get the same weights"
    mean, variance = float(weights.mean()), float(weights.var())
    if abs(mean) > 6 * (variance / weights.size) ** 0.5:
        return f"mean {mean:.2g}"
    kurtosis = float(((weights - mean) ** 4).mean()) / variance**2
    if abs(kurtosis - 3.0) > 0.8:
        return "not normal"
    inputs = len(weights)
    for name, v in (("2/I", 2 / inputs), ("1/I", 1 / inputs), ("1", 1.0), ("0.0001", 1e-4)):
        if abs(variance / v - 1) < 0.3:
            return f"normal, mean 0, variance {name}"
    return "normal, another variance"
