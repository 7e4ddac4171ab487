"""A Boltzmann machine: units that are 1 or 0 by chance, with a probability for every state.

A state s of n units has the energy ``E(s) = -1/2 s @ W @ s - b @ s``, and the probability
``p(s) = e^-E(s) / Z``, where Z makes all probabilities add up to 1. The weights W (n, n) are
symmetric with zeros on the diagonal, and b (n,) are the biases. A state contains only 0 and 1, in
any type.

Source: D. Ackley, G. Hinton, T. Sejnowski 1985.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    raise NotImplementedError("kata boltzmann-machine: bm_energy is not written yet")


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
    raise NotImplementedError("kata boltzmann-machine: bm_probabilities is not written yet")


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
    raise NotImplementedError("kata boltzmann-machine: gibbs_sweep is not written yet")


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
    raise NotImplementedError("kata boltzmann-machine: sample is not written yet")
