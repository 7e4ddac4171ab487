"""Memory: sums of fractions, and updates neuron by neuron."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from refnn.memory import hopfield

from ..entry import Tolerance, Track
from ..exact import FRACTIONS, LOOPS, rng

TRACK = Track("memory")
SUMMED = Tolerance(1e-9, 1e-12, "a sum of N² terms, which may cancel")
COUNTED = Tolerance(1e-9, 1e-12, "sums of ±1 are exact; one quotient")


def _patterns() -> Any:
    for count, n in ((0, 3), (1, 5), (3, 8), (5, 12)):
        yield np.where(rng(n).random((count, n)) < 0.5, -1, 1)


@TRACK.oracle("memory.hopfield.hebbian", FRACTIONS, COUNTED)
def _hebbian() -> Any:
    for X in _patterns():
        n = X.shape[1]
        yield (
            hopfield.hebbian(X),
            [
                [float(Fraction(sum(int(r[i] * r[j]) for r in X) * (i != j), n)) for j in range(n)]
                for i in range(n)
            ],
        )


@TRACK.oracle("memory.hopfield.energy", FRACTIONS, SUMMED, note="terms of both signs cancel")
def _energy() -> Any:
    for X in _patterns():
        n = X.shape[1]
        s = np.where(rng(1).random(n) < 0.5, -1, 1)
        drawn = rng(2).normal(size=(n, n))
        for W in (hopfield.hebbian(X), drawn + drawn.T):
            terms = [Fraction(W[i, j]) * int(s[i] * s[j]) for i in range(n) for j in range(n)]
            yield hopfield.energy(W, s), float(-sum(terms, start=Fraction(0)) / 2)


@TRACK.oracle("memory.hopfield.recall", LOOPS, Tolerance(0, 0, "equal: signs"), "exact")
def _recall() -> Any:
    for X in _patterns():
        n = X.shape[1]
        W, s = hopfield.hebbian(X), np.where(rng(1).random(n) < 0.5, -1, 1)
        orders, state = rng(7), s.tolist()
        for _ in range(10):
            before = list(state)
            for i in orders.permutation(n).tolist():
                field = sum((Fraction(W[i, j]) * state[j] for j in range(n)), start=Fraction(0))
                state[i] = (field > 0) - (field < 0) or state[i]
            if state == before:
                break
        yield hopfield.recall(W, s, rng(7)), state
