"""A Hopfield network: a memory that restores a pattern from a damaged copy.

Each of N neurons is 1 or -1. A pattern is a state of all neurons. Neurons that are equal in the
stored patterns get a positive weight between them, and the others a negative one.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def hebbian(patterns: ArrayLike) -> NDArray[np.float64]:
    """Return the weights that store patterns by Hebb's rule: ``X.T @ X / N``, with a zero diagonal.

    Args:
        patterns: X, one pattern per row, (P, N), of the numbers 1 and -1 in any type. P may be 0.

    Returns:
        The symmetric weights (N, N), in float64 for every type of X.

    Raises:
        ValueError: X is not (P, N), or it contains numbers other than 1 and -1.
    """
    rows = _check_signs(patterns, 2).astype(np.float64)
    weights: NDArray[np.float64] = rows.T @ rows / rows.shape[1]
    np.fill_diagonal(weights, 0.0)
    return weights


def energy(W: ArrayLike, s: ArrayLike) -> float:
    """Return ``-1/2 · s @ W @ s``, which no update of one neuron can increase.

    Args:
        W: the weights, (N, N).
        s: a state of the numbers 1 and -1, (N,).

    Raises:
        ValueError: the shapes do not match, or s contains numbers other than 1 and -1.
    """
    weights, state = _check_network(W, s)
    return float(-0.5 * (state @ weights @ state))


def recall(
    W: ArrayLike, s: ArrayLike, rng: np.random.Generator, max_sweeps: int = 10
) -> NDArray[Any]:
    """Return the state that s becomes when its neurons are updated one after another.

    A sweep updates each neuron once, in the order ``rng.permutation(N)``, drawn for each sweep.
    Neuron i uses the current values of all others: it becomes 1 if its field ``W[i] @ s`` is
    positive, -1 if it is negative, and stays as it is if it is 0. The recall ends after a sweep in
    which no neuron has changed, and after ``max_sweeps`` sweeps at the latest.

    Args:
        W: the weights, (N, N).
        s: the state at the beginning, of the numbers 1 and -1, (N,). It does not change.
        rng: the only source of random numbers.
        max_sweeps: the largest number of sweeps; 0 changes nothing.

    Returns:
        A new array in the dtype of s, (N,).

    Raises:
        ValueError: the shapes do not match, or s contains numbers other than 1 and -1.
    """
    weights, given = _check_network(W, s)
    state = given.copy()
    for _ in range(max_sweeps):
        changed = False
        for i in rng.permutation(len(state)):
            field = weights[i] @ state
            sign = 1 if field > 0 else -1
            if field != 0 and state[i] != sign:
                state[i] = sign
                changed = True
        if not changed:
            break
    return state


def _check_signs(values: ArrayLike, axes: int) -> NDArray[Any]:
    """Return values as an array; raise a ValueError unless it has so many axes of 1 and -1."""
    signs = np.asarray(values)
    if signs.ndim != axes or not np.all(np.abs(signs) == 1):
        raise ValueError(f"expected the numbers 1 and -1 along {axes} axes")
    return signs


def _check_network(W: ArrayLike, s: ArrayLike) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return weights and state as arrays; raise a ValueError if they do not match."""
    weights, state = np.asarray(W), _check_signs(s, 1)
    if weights.shape != (len(state), len(state)):
        raise ValueError(f"W must be ({len(state)}, {len(state)}), got {weights.shape}")
    return weights, state
