"""Neuron and perceptron: sums of fractions, and what numpy and scipy say of decisions."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import linprog

from refnn.perceptron.gates import gate, separable, xor
from refnn.perceptron.learning import fit_perceptron
from refnn.perceptron.perceptron import Perceptron
from refnn.perceptron.step import step

from ..entry import Tolerance, Track
from ..exact import DIGITS, FRACTIONS, big, rng

TRACK = Track("perceptron")
DECISION = Tolerance(0, 0, "equal: decisions")
SUMMED = Tolerance(1e-9, 1e-12, "a sum of n products, which may cancel")
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


@TRACK.oracle("perceptron.step.step", "numpy.heaviside", DECISION, "exact")
def _step() -> Any:
    for x in ([0.0, -0.0, 5e-324, -5e-324, np.inf, -np.inf], rng().normal(size=(3, 4))):
        for at_zero in (0, 1):
            yield step(x, at_zero), np.heaviside(x, at_zero)


def _perceptrons() -> Any:
    for n in (1, 2, 7):
        neuron, X = Perceptron(n, rng(n)), rng(1).normal(0, 3, (6, n))
        neuron.bias = 0.3
        yield neuron, X, (big(X) * big(neuron.weights)).sum(axis=1) + big(neuron.bias)


@TRACK.oracle("perceptron.perceptron.Perceptron.net", DIGITS, SUMMED)
def _net() -> Any:
    for neuron, X, z in _perceptrons():
        yield neuron.net(X), z
        yield neuron.net(X[0]), z[0]


@TRACK.oracle("perceptron.perceptron.Perceptron.forward", DIGITS, DECISION, "exact")
def _forward() -> Any:
    for neuron, X, z in _perceptrons():
        yield neuron.forward(X), (z >= 0).astype(int)


@TRACK.oracle("perceptron.gates.gate", "truth table by Python's operators", DECISION, "exact")
def _gate() -> Any:
    a, b = CORNERS.T.astype(bool)
    tables = {"AND": a & b, "OR": a | b, "NAND": ~(a & b), "NOR": ~(a | b)}
    for name, table in tables.items():
        yield gate(name).forward(CORNERS), table.astype(int)


@TRACK.oracle("perceptron.gates.xor", "truth table by Python's operators", DECISION, "exact")
def _xor() -> Any:
    yield xor(CORNERS), CORNERS[:, 0] ^ CORNERS[:, 1]


@TRACK.oracle("perceptron.gates.separable", "scipy linprog", DECISION, "exact")
def _separable() -> Any:
    signs = np.column_stack([CORNERS, np.ones(4)])
    for number in range(16):
        table = [number >> place & 1 for place in range(4)]
        sides = np.where(table, -1.0, 1.0)[:, np.newaxis]  # side · (w x + b) >= 1
        found = linprog(np.zeros(3), sides * signs, -np.ones(4), bounds=(None, None))
        yield separable(table), found.status == 0


@TRACK.oracle(
    "perceptron.learning.fit_perceptron",
    FRACTIONS,
    Tolerance(1e-9, 1e-12, "as many additions as there were mistakes"),
)
def _fit_perceptron() -> Any:
    for seed in range(4):
        X = rng(seed).integers(-8, 9, (12, 3)) / 4
        y = (X @ [1.0, -2.0, 0.5] > 0.3).astype(int)
        w, b, history = fit_perceptron(X, y, 40, 0.75)
        right_w, right_b = [Fraction(0)] * 3, Fraction(0)
        mistakes: list[int] = []
        while len(mistakes) < 40 and (not mistakes or mistakes[-1]):
            mistakes.append(0)
            for row, label in zip(X, y, strict=True):
                x = [Fraction(v) for v in row]
                z = sum((p * q for p, q in zip(right_w, x, strict=True)), start=right_b)
                error = Fraction(3, 4) * (int(label) - (z >= 0))
                right_w = [p + error * q for p, q in zip(right_w, x, strict=True)]
                right_b += error
                mistakes[-1] += error != 0
        yield [*w, b, *history], [float(v) for v in (*right_w, right_b, *mistakes)]
