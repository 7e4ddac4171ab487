"""A restricted Boltzmann machine: visible and hidden units, and weights between the two only.

A state v of V visible and a state h of H hidden units, all of them 0 or 1, have the energy
``E(v, h) = -v @ W @ h - b @ v - c @ h``. Given one layer, the units of the other do not depend on
each other, so a whole layer is drawn at once. Everything takes and returns one row per sample, in
float64. It is not tested whether states contain only 0 and 1.

Source: P. Smolensky 1986; the learning rule: G. Hinton 2002.
"""

import itertools
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations.elu import softplus
from ..activations.logistic import sigmoid
from ..forward.softmax import logsumexp

LARGEST = 12
"""The largest number of visible units for which ``log_likelihood`` goes through all states."""

_Floats = NDArray[np.float64]


class RBM:
    """A restricted Boltzmann machine.

    Attributes:
        W: the weights (V, H), float64.
        b: the biases of the visible units, (V,).
        c: the biases of the hidden units, (H,).

    All methods use the current values of these three attributes.
    """

    def __init__(self, n_visible: int, n_hidden: int, rng: np.random.Generator) -> None:
        """Draw W as ``rng.normal(0.0, 0.1, (n_visible, n_hidden))``; b and c are zero."""
        self.W: _Floats = rng.normal(0.0, 0.1, (n_visible, n_hidden))
        self.b: _Floats = np.zeros(n_visible)
        self.c: _Floats = np.zeros(n_hidden)

    def hidden_probs(self, v: ArrayLike) -> _Floats:
        """Return the probability of each hidden unit to be 1: ``sigmoid(v @ W + c)``, (N, H).

        Args:
            v: visible states, (N, V). N may be 0.

        Raises:
            ValueError: v is not (N, V).
        """
        states = _check(v, len(self.W), "visible")
        return np.asarray(sigmoid(states @ self.W + self.c), np.float64)

    def visible_probs(self, h: ArrayLike) -> _Floats:
        """Return the probability of each visible unit to be 1: ``sigmoid(h @ W.T + b)``, (N, V).

        Args:
            h: hidden states, (N, H). N may be 0.

        Raises:
            ValueError: h is not (N, H).
        """
        states = _check(h, self.W.shape[1], "hidden")
        return np.asarray(sigmoid(states @ self.W.T + self.b), np.float64)

    def free_energy(self, v: ArrayLike) -> _Floats:
        """Return ``F(v) = -log Σ_h e^-E(v, h) = -b @ v - Σ_j log(1 + e^(v @ W[:, j] + c[j]))``.

        The result is right for numbers of any size, without overflow.

        Args:
            v: visible states, (N, V). N may be 0.

        Returns:
            The free energies (N,).

        Raises:
            ValueError: v is not (N, V).
        """
        states = _check(v, len(self.W), "visible")
        result: _Floats = -(states @ self.b) - softplus(states @ self.W + self.c).sum(axis=1)
        return result

    def log_likelihood(self, data: ArrayLike) -> float:
        """Return the mean of ``log p(v) = -F(v) - log Z`` over the rows of data, exactly.

        Z is the sum of ``e^-F(v)`` over all 2^V visible states.

        Args:
            data: visible states, (N, V), with N at least 1 and V at most 12.

        Raises:
            ValueError: data is not (N, V), has no rows, or V is more than 12.
        """
        states = _check(data, len(self.W), "visible", at_least=1)
        if len(self.W) > LARGEST:
            raise ValueError(f"expected at most {LARGEST} visible units, got {len(self.W)}")
        everything = np.array(list(itertools.product((0.0, 1.0), repeat=len(self.W))))
        log_z = logsumexp(-self.free_energy(everything))
        return float(-self.free_energy(states).mean() - log_z)

    def gibbs_step(self, v: ArrayLike, rng: np.random.Generator) -> tuple[_Floats, _Floats]:
        """Draw hidden states from v, and then visible states from these.

        ``rng.random((N, H))`` is drawn first, and a hidden unit is 1 where it is less than the
        probability; then the same with ``rng.random((N, V))`` for the visible units.

        Args:
            v: visible states, (N, V). N may be 0.
            rng: the only source of random numbers.

        Returns:
            The hidden states (N, H), and the new visible states (N, V), both in float64.

        Raises:
            ValueError: v is not (N, V).
        """
        on = self.hidden_probs(v)
        hidden = (rng.random(on.shape) < on).astype(np.float64)
        seen = self.visible_probs(hidden)
        return hidden, (rng.random(seen.shape) < seen).astype(np.float64)

    def cd1(self, batch: ArrayLike, lr: float, rng: np.random.Generator) -> None:
        """Learn from a batch by one step of contrastive divergence.

        With v0 the batch, v1 the visible states that ``gibbs_step`` draws from it, and p0 and p1
        the hidden *probabilities* of v0 and v1:

            W += lr * (v0.T @ p0 - v1.T @ p1) / N
            b += lr * mean(v0 - v1)
            c += lr * mean(p0 - p1)

        where the means are taken over the rows.

        Args:
            batch: visible states, (N, V), with N at least 1. It is not changed.
            lr: the learning rate.
            rng: the only source of random numbers, used as in ``gibbs_step``.

        Raises:
            ValueError: batch is not (N, V), or has no rows.
        """
        v0 = _check(batch, len(self.W), "visible", at_least=1)
        p0 = self.hidden_probs(v0)
        _, v1 = self.gibbs_step(v0, rng)
        p1 = self.hidden_probs(v1)
        self.W = self.W + lr * (v0.T @ p0 - v1.T @ p1) / len(v0)
        self.b = self.b + lr * (v0 - v1).mean(axis=0)
        self.c = self.c + lr * (p0 - p1).mean(axis=0)


def _check(states: ArrayLike, units: int, layer: str, at_least: int = 0) -> NDArray[Any]:
    """Return states in float64; raise a ValueError unless they are (N, units)."""
    rows = np.asarray(states, np.float64)
    if rows.ndim != 2 or rows.shape[1] != units or len(rows) < at_least:
        raise ValueError(f"expected rows of {units} {layer} units, got the shape {rows.shape}")
    return rows
