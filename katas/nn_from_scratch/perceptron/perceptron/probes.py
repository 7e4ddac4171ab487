"""Functions that run beside the learner's perceptron module."""

import random

import numpy as np

from . import perceptron as module


def shape_and_kind(made: object) -> list[object]:
    """Say which shape and dtype the weights have, and what the bias is."""
    weights, bias = made.weights, made.bias
    if not isinstance(weights, np.ndarray):
        return [[], type(weights).__name__, ""]
    fine = isinstance(bias, int | float | np.number) and not isinstance(bias, bool)
    fine = fine or (isinstance(bias, np.ndarray) and bias.ndim == 0)
    return [list(weights.shape), str(weights.dtype), "a number" if fine else type(bias).__name__]


def how_it_draws(n: int) -> dict[str, object]:
    """Compare the weights of perceptrons that are made in different ways."""
    before = global_state()
    rng = np.random.default_rng(3)
    first, following = drawn(n, rng), drawn(n, rng)
    again, other = drawn(n, np.random.default_rng(3)), drawn(n, np.random.default_rng(4))
    unseeded = drawn(n), drawn(n)
    different = len(set(first)) == n
    return {
        "weights": len(first),
        "one perceptron": "different weights" if different else "equal weights",
        "the same seed": compared(first, again),
        "another seed": compared(first, other),
        "the next draw": compared(first, following),
        "without rng": compared(*unseeded),
        "global generators": "untouched" if global_state() == before else "used or seeded",
    }


def drawn(n: int, *rng: np.random.Generator) -> list[float]:
    """Return the weights of a new perceptron."""
    return np.asarray(module.Perceptron(n, *rng).weights, float).ravel().tolist()


def compared(one: list[float], other: list[float]) -> str:
    """Say whether the weights are the same, in a single place or everywhere."""
    return "the same weights" if any(a == b for a, b in zip(one, other)) else "other weights"  # noqa: B905


def global_state() -> tuple[object, ...]:
    """Return the state of Python's and of NumPy's global generators."""
    _, keys, *rest = np.random.get_state()
    return (random.getstate(), keys.tobytes(), *rest)


def answers(weights: list[float], bias: float, points: np.ndarray) -> np.ndarray:
    """Ask a perceptron with these weights at these points, (count, 2)."""
    made = module.Perceptron(2, np.random.default_rng(0))
    made.weights = np.array(weights)
    made.bias = bias
    return np.asarray(made.forward(points), float)
