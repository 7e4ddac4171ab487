"""Functions that run in the process of the learner's layer.

A layer may draw its random numbers in any order, so only what does not depend on the draws is
returned: which combinations of numbers occur, and how many.
"""

import random

import numpy as np

from . import dropout as module


def outputs(layer, x: np.ndarray, training: bool) -> object:
    """Return the distinct pairs (x, output) of one forward pass, sorted."""
    return _distinct(x, layer.forward(x, training=training))


def gradients(layer, x: np.ndarray, dout: np.ndarray, others: list) -> object:
    """Return the distinct rows (x, output, dout, dx), sorted.

    `others` are samples that are measured between forward and backward.
    """
    out = layer.forward(x, training=True)
    for other in others:
        layer.forward(other)
    return _distinct(x, out, dout, layer.backward(dout))


def second_gradients(layer, x: np.ndarray, dout: np.ndarray) -> object:
    """Return the rows of `gradients`, with the dx of the second backward in a row."""
    out = layer.forward(x, training=True)
    layer.backward(dout)
    return _distinct(x, out, dout, layer.backward(dout))


def gradients_after_another(layer, first: np.ndarray, x: np.ndarray, dout: np.ndarray) -> object:
    """Return the rows of `gradients`, for a layer that was trained with other samples before."""
    layer.forward(first, training=True)
    return gradients(layer, x, dout, [])


def share_of_zeros(layer) -> object:
    """Return which share of many outputs is zero, to the nearest multiple of 0.05."""
    x, zeros = np.ones((50, 50)), 0  # of 100 000 outputs: 0.025 are 16 standard deviations
    for _ in range(40):
        out = layer.forward(x, training=True)
        if not isinstance(out, np.ndarray) or out.shape != x.shape:
            return "not an array of the shape of x"
        zeros += int((out == 0).sum())
    return round(20 * zeros / (40 * x.size)) / 20


def distinct_lines(layer, n: int, h: int) -> object:
    """Return how many distinct rows and columns the output for (n, h) ones has."""
    out = layer.forward(np.ones((n, h)), training=True)
    if not isinstance(out, np.ndarray) or out.shape != (n, h):
        return "not an array of the shape of x"
    zeros = out == 0
    return [len({line.tobytes() for line in lines}) for lines in (zeros, zeros.T.copy())]


def two_passes(layer, x: np.ndarray) -> object:
    """Return the distinct rows (x, output, output of a second pass), sorted."""
    return _distinct(x, layer.forward(x, training=True), layer.forward(x, training=True))


def generator_use(rate: float, seed: int) -> str:
    """Return in words where the layer takes its random numbers from."""
    x = np.ones((60, 50))

    def zeros(layer) -> np.ndarray:
        return np.asarray(layer.forward(x, training=True)) == 0

    before = _global_states()
    rng = np.random.default_rng(seed)
    layers = [module.Dropout(rate, rng) for _ in range(2)]
    first, second = map(zeros, layers)
    if _global_states() != before:
        return "a global generator is used"
    if first.shape != x.shape or not first.any():
        return "nothing is dropped"
    if not np.array_equal(first, zeros(module.Dropout(rate, np.random.default_rng(seed)))):
        return "the same seed gives other zeros"
    if np.array_equal(first, zeros(module.Dropout(rate, np.random.default_rng(seed + 1)))):
        return "another seed gives the same zeros"
    if np.array_equal(first, second):
        return "two layers that share a generator have the same zeros"
    return "the generator that is passed, and no other"


def draws_when_measured(rate: float, seed: int, x: np.ndarray) -> bool:
    """Return whether a forward without training moves the generator."""
    rng = np.random.default_rng(seed)
    layer = module.Dropout(rate, rng)
    layer.forward(x, training=True)
    before = rng.bit_generator.state
    layer.forward(x)
    return rng.bit_generator.state != before


def dtypes(layer, x: np.ndarray, dout: np.ndarray) -> list[str]:
    """Return the dtypes of both outputs and of the gradient."""
    results = [layer.forward(x), layer.forward(x, training=True), layer.backward(dout)]
    return [str(np.asarray(result).dtype) for result in results]


def shapes(layer, x: np.ndarray, dout: np.ndarray) -> list:
    """Return the shapes of both outputs and of the gradient."""
    results = [layer.forward(x), layer.forward(x, training=True), layer.backward(dout)]
    return [list(np.shape(result)) for result in results]


def shared_memory(layer, x: np.ndarray, dout: np.ndarray) -> list[bool]:
    """Return whether both outputs and the gradient use memory of the arguments."""
    results = [layer.forward(x), layer.forward(x, training=True), layer.backward(dout)]
    return [
        bool(np.shares_memory(result, x) or np.shares_memory(result, dout)) for result in results
    ]


def answers_to(rates: list) -> list:
    """Return for each rate whether a layer with it can be made, or which error there is."""
    answers = []
    for rate in rates:
        try:
            module.Dropout(rate, np.random.default_rng(0))
            answers.append([str(rate), "accepted"])
        except Exception as error:
            answers.append([str(rate), type(error).__name__])
    return answers


def forward_and_backward(layer, x: np.ndarray, dout: np.ndarray) -> list:
    """Return output and gradient as they are, for a picture."""
    return [layer.forward(x, training=True), layer.backward(dout)]


def _distinct(*columns: object) -> object:
    """Return the distinct rows of arrays of one shape, to six decimal places, or what is wrong."""
    shape = np.shape(columns[0])
    for column in columns:
        if not isinstance(column, np.ndarray) or column.shape != shape:
            return "not an array of the shape of x"
    table = np.stack([np.asarray(column, float).ravel() for column in columns], axis=1)
    return np.unique(np.round(table, 6) + 0.0, axis=0)


def _global_states() -> tuple:
    name, keys, *others = np.random.get_state()
    return random.getstate(), name, keys.tobytes(), others
