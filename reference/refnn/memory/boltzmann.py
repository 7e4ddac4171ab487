"""A Boltzmann machine: units that are 1 or 0 by chance, with a probability for every state.

A state s of n units has the energy ``E(s) = -1/2 s @ W @ s - b @ s``, and the probability
``p(s) = e^-E(s) / Z``, where Z makes all probabilities add up to 1. The weights W (n, n) are
symmetric with zeros on the diagonal, and b (n,) are the biases. A state contains only 0 and 1, in
any type.

Source: D. Ackley, G. Hinton, T. Sejnowski 1985.
"""

import itertools
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations.logistic import sigmoid
from ..forward.softmax import softmax

LARGEST = 12
"""The largest number of units for which ``bm_probabilities`` goes through all states."""

_Floats = NDArray[np.float64]


def bm_energy(s: ArrayLike, W: ArrayLike, b: ArrayLike) -> float:
    """Return the energy of a state, ``-1/2 s @ W @ s - b @ s``.

    Args:
        s: a state of the numbers 0 and 1, (n,).
        W: symmetric weights with a zero diagonal, (n, n).
        b: biases, (n,).

    Raises:
        ValueError: the shapes do not match, s contains numbers other than 0 and 1, W is not
            symmetric, or its diagonal is not 0.
    """
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).astype(np.float64)
    return float(-0.5 * (state @ weights @ state) - biases @ state)


def bm_probabilities(W: ArrayLike, b: ArrayLike) -> _Floats:
    """Return the probability of every state, accurate for energies of any size.

    The states are in the order of ``itertools.product((0, 1), repeat=n)``: read as a binary number,
    ``s[0]`` is the highest digit. For two units it is 00, 01, 10, 11.

    Args:
        W: symmetric weights with a zero diagonal, (n, n), with n from 1 to 12.
        b: biases, (n,).

    Returns:
        The probabilities (2^n,), float64.

    Raises:
        ValueError: as in ``bm_energy``, or n is more than 12.
    """
    weights, biases = _check_machine(W, b)
    if len(biases) > LARGEST:
        raise ValueError(f"expected at most {LARGEST} units, got {len(biases)}")
    states = np.array(list(itertools.product((0.0, 1.0), repeat=len(biases))))
    energies = -0.5 * (states @ weights * states).sum(axis=1) - states @ biases
    return softmax(-energies).astype(np.float64)


def gibbs_sweep(s: ArrayLike, W: ArrayLike, b: ArrayLike, rng: np.random.Generator) -> NDArray[Any]:
    """Return the state after each unit has been drawn once, in the order 0, 1, 2, …, n - 1.

    Unit i becomes 1 with probability ``sigmoid(W[i] @ s + b[i])``, where s contains the units
    before it as they are now. One number ``rng.random()`` is drawn per unit, and the unit becomes 1
    if this number is less than the probability, else 0.

    Args:
        s: the state at the beginning, of the numbers 0 and 1, (n,). It does not change.
        W: symmetric weights with a zero diagonal, (n, n).
        b: biases, (n,).
        rng: the only source of random numbers.

    Returns:
        A new array in the dtype of s, (n,).

    Raises:
        ValueError: as in ``bm_energy``.
    """
    weights, biases = _check_machine(W, b)
    state = _check_state(s, len(biases)).copy()
    for i in range(len(state)):
        state[i] = rng.random() < sigmoid(weights[i] @ state + biases[i])
    return state


def sample(
    W: ArrayLike, b: ArrayLike, n_samples: int, burn_in: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return states as they come up in a walk of sweeps, one state per row.

    The walk begins with all units 0. ``burn_in`` sweeps are made and not recorded. After that, the
    state after each of ``n_samples`` further sweeps is recorded.

    Args:
        W: symmetric weights with a zero diagonal, (n, n).
        b: biases, (n,).
        n_samples: the number of states to return; may be 0.
        burn_in: the number of sweeps before them; may be 0.
        rng: the only source of random numbers.

    Returns:
        The states (n_samples, n), int64.

    Raises:
        ValueError: as in ``bm_energy``.
    """
    _, biases = _check_machine(W, b)
    state: NDArray[Any] = np.zeros(len(biases), np.int64)
    states = np.zeros((n_samples, len(biases)), np.int64)
    for sweep in range(burn_in + n_samples):
        state = gibbs_sweep(state, W, b, rng)
        if sweep >= burn_in:
            states[sweep - burn_in] = state
    return states


def _check_machine(W: ArrayLike, b: ArrayLike) -> tuple[_Floats, _Floats]:
    """Return weights and biases in float64; raise a ValueError if they are not a machine."""
    weights, biases = np.asarray(W, np.float64), np.asarray(b, np.float64)
    if biases.ndim != 1 or weights.shape != (len(biases), len(biases)):
        raise ValueError(f"W {weights.shape} and b {biases.shape} must be (n, n) and (n,)")
    if not np.array_equal(weights, weights.T) or np.any(np.diag(weights) != 0):
        raise ValueError("W must be symmetric, with zeros on the diagonal")
    return weights, biases


def _check_state(s: ArrayLike, n: int) -> NDArray[Any]:
    """Return a state as an array; raise a ValueError unless it is n times 0 or 1."""
    state = np.asarray(s)
    if state.shape != (n,) or not np.isin(state, (0, 1)).all():
        raise ValueError(f"expected {n} units of 0 and 1, got the shape {state.shape}")
    return state
