"""Training on digits: what it counts and how it draws its batches."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.metrics import accuracy_score

from refnn.digits.training import accuracy, minibatches

from ..entry import Tolerance, Track
from ..exact import LOOPS, rng

TRACK = Track("digits")
TRACK.no_oracle(
    "digits.training.train_digits",
    "a trained result: its steps are those of NeuralNetwork.backward; its losses and its accuracy "
    "are tested in tests/reference/test_digits.py",
)


class _Rows:
    def forward(self, X: Any) -> Any:
        return X


@TRACK.oracle(
    "digits.training.accuracy", "scikit-learn accuracy_score", Tolerance(1e-9, 0.0, "one quotient")
)
def _accuracy() -> Any:
    for n in (1, 3, 50):
        P, y = rng(0).dirichlet(np.ones(4), n), rng(1).integers(0, 4, n)
        network: Any = _Rows()
        yield accuracy(network, P, y), accuracy_score(y, P.argmax(axis=1))


@TRACK.oracle("digits.training.minibatches", LOOPS, Tolerance(0, 0, "equal: integers"), "exact")
def _minibatches() -> Any:
    for n, size in ((1, 3), (7, 3), (9, 3)):
        rows = [batch.tolist() for batch in minibatches(n, size, rng())]
        yield sorted(row for part in rows for row in part), list(range(n))
        yield [len(batch) for batch in rows], [min(size, n - at) for at in range(0, n, size)]
