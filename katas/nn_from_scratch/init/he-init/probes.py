"""Functions that run in the process of the learner's module and describe its weights in words.

A scheme may draw its numbers in any order, so only their distribution can be compared.
"""

import math
import random

import numpy as np

from . import schemes as module


def form(scheme: str, fan_in: int, fan_out: int) -> str:
    """Return the type, dtype and shape of what a scheme returns, in words."""
    weights = _drawn(scheme, fan_in, fan_out, np.random.default_rng(0))
    if not isinstance(weights, np.ndarray):
        return f"not an array: {type(weights).__name__}"
    return f"{weights.dtype.name} of shape {weights.shape}"


def distribution(scheme: str, fan_in: int, fan_out: int, rng: np.random.Generator) -> str:
    """Return the distribution of the weights of a large matrix, as a formula where one fits."""
    weights = _drawn(scheme, fan_in, fan_out, rng)
    if not isinstance(weights, np.ndarray) or weights.size < 1000 or weights.dtype.kind != "f":
        return "not a large array of floats"
    flat = weights.ravel()
    low, high = float(flat.min()), float(flat.max())
    if low == high:
        return "every weight is 0" if low == 0.0 else "every weight is the same number"
    mean, spread = float(flat.mean()), float(flat.std())
    squares = (flat - mean) ** 2
    kurtosis = float((squares * squares).mean()) / spread**4
    if abs(kurtosis - 3.0) < 0.15:
        centre = "0" if abs(mean) < 6 * spread / math.sqrt(flat.size) else f"{mean:.2g}"
        return f"normal, mean {centre}, variance {_formula(spread**2, fan_in, fan_out, 0.03)}"
    if abs(kurtosis - 1.8) < 0.05:
        return f"uniform from {_limit(low, fan_in, fan_out)} to {_limit(high, fan_in, fan_out)}"
    return f"neither normal nor uniform, variance {_formula(spread**2, fan_in, fan_out, 0.03)}"


def small_layers(scheme: str, fan_in: int, fan_out: int, rng: np.random.Generator) -> str:
    """Return in words whether weights of many small matrices are independent, and their variance.

    The variance of the mean of n independent weights is the variance of one weight divided by n.
    The same is true for the mean square.
    """
    drawn = [_drawn(scheme, fan_in, fan_out, rng) for _ in range(3000)]
    if not all(isinstance(one, np.ndarray) and one.shape == (fan_in, fan_out) for one in drawn):
        return f"not all are arrays of shape {(fan_in, fan_out)}"
    weights = np.array(drawn, dtype=float).reshape(len(drawn), -1)
    if not np.isfinite(weights).all():
        return "some weights are not finite"
    if (weights == weights[0]).all():
        return "the same weights at every call"
    for what, numbers in (("mean", weights), ("mean square", weights**2)):
        expected = float(numbers.var()) / weights.shape[1]
        if abs(float(numbers.mean(axis=1).var()) - expected) > 0.25 * expected:
            return f"the {what} of a matrix does not vary as with independent weights"
    return f"independent, variance {_formula(float(weights.var()), fan_in, fan_out, 0.05)}"


def generator_use(scheme: str, seed: int) -> str:
    """Return in words where a scheme takes its random numbers from."""
    numpy_before, python_before = np.random.get_state(), random.getstate()
    rng = np.random.default_rng(seed)
    first, second = (_drawn(scheme, 4, 6, rng) for _ in range(2))
    numpy_after, python_after = np.random.get_state(), random.getstate()
    if not isinstance(first, np.ndarray) or first.size != 24:
        return "not an array of 4 times 6 weights"
    if python_after != python_before:
        return "the global generator of Python is used"
    if numpy_after[2] != numpy_before[2] or not np.array_equal(numpy_after[1], numpy_before[1]):
        return "the global generator of numpy is used"
    again = _drawn(scheme, 4, 6, np.random.default_rng(seed))
    if not np.array_equal(first, again):
        return "the same seed gives other weights"
    if np.array_equal(first, _drawn(scheme, 4, 6, np.random.default_rng(seed + 1))):
        return "another seed gives the same weights"
    if np.array_equal(first, second):
        return "two layers get the same weights"
    return "the generator that is passed, and no other"


def signal(scheme: str, activation: str, rng: np.random.Generator) -> str:
    """Return in words how the mean square of a signal changes in 16 layers of width 96.

    The size is small enough for a module that draws number by number.
    """
    width, layers = 96, 16
    values = rng.normal(size=(32, width))
    start = float((values**2).mean())
    earlier = None
    for _ in range(layers):
        weights = _drawn(scheme, width, width, rng)
        if not isinstance(weights, np.ndarray) or weights.shape != (width, width):
            return f"no signal: the weights are not a ({width}, {width}) array"
        if weights.min() == weights.max():
            return "no signal: every weight is the same number"
        if earlier is not None and np.array_equal(weights, earlier):
            return "no signal: every layer gets the same weights"
        earlier = weights
        values = values @ weights
        if activation == "relu":
            values = np.maximum(values, 0.0)
    ratio = float((values**2).mean()) / start
    if ratio < 0.01:
        return "shrinks"
    return "grows" if ratio > 100 else "keeps its size"


def sizes(
    scheme: str, activation: str, layers: int, width: int, rng: np.random.Generator
) -> list[float]:
    """Return the root mean square of a signal of size 1 after each layer."""
    values = rng.normal(size=(32, width))
    values /= np.sqrt((values**2).mean())
    found = [1.0]
    with np.errstate(all="ignore"):
        for _ in range(layers):
            values = values @ _drawn(scheme, width, width, rng)
            if activation == "relu":
                values = np.maximum(values, 0.0)
            found.append(float(np.sqrt((values**2).mean())))
    return found


def weights(scheme: str, fan_in: int, fan_out: int, rng: np.random.Generator) -> object:
    """Return what a scheme draws."""
    return _drawn(scheme, fan_in, fan_out, rng)


def _drawn(scheme, fan_in, fan_out, rng):
    return getattr(module, scheme)(fan_in, fan_out, rng)


def _limit(value: float, fan_in: int, fan_out: int) -> str:
    if abs(value) < 1e-4:
        return "0"
    # The largest of so many draws falls short of the limit by less than a part in a thousand.
    words = _formula(value**2, fan_in, fan_out, 0.003)
    return ("-" if value < 0 else "") + (f"√({words})" if "/" in words else f"√{words}")


def _formula(value: float, fan_in: int, fan_out: int, tolerance: float) -> str:
    for words, known in _known(fan_in, fan_out):
        if abs(value - known) <= tolerance * known:
            return words
    return f"{value:.2g}"


def _known(fan_in: int, fan_out: int) -> list[tuple[str, float]]:
    sizes = {"fan_in": fan_in, "fan_out": fan_out, "(fan_in + fan_out)": fan_in + fan_out}
    known = [(f"{n}/{name}", n / size) for name, size in sizes.items() for n in (1, 2, 3, 4, 6, 12)]
    known += [
        (f"({n}/{name})²", (n / size) ** 2) for name, size in sizes.items() for n in (1, 2, 6)
    ]
    return known
