"""Approximation: sums of steps and sigmoids with 50 digits."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from refnn.approximation.bump import bump_network, run_network, step_neuron, tower

from ..entry import Tolerance, Track
from ..exact import DIGITS, FRACTIONS, big, mp, rng, sigmoid

TRACK = Track("approximation")
PLATEAU = Tolerance(0.0, 1e-6, "the checks look away from the edges, where it is flat")
SHARP = "near a step, the rounded product of weight and place counts; a sigmoid near 0 shows it"


@TRACK.oracle("approximation.bump.step_neuron", FRACTIONS, Tolerance(1e-12, 0.0, "one product"))
def _step_neuron() -> Any:
    for s, w in rng().normal(size=(8, 2)).tolist():
        (a, b), (c, d) = s.as_integer_ratio(), w.as_integer_ratio()
        yield step_neuron(s, w), [w, mp.mpf(-a * c) / (b * d)]


def _outputs(network: Any, x: Any) -> Any:
    W1, b1, W2, b2 = map(big, network)
    return sigmoid(big(x)[:, np.newaxis] @ W1 + b1) @ W2[:, 0] + b2[0]


@TRACK.oracle("approximation.bump.bump_network", DIGITS, PLATEAU, note=SHARP)
def _bump_network() -> Any:
    for f, a, b, n, w in (
        (math.sin, 0.0, 3.0, 2, 50.0), (math.exp, -1.0, 1.0, 7, 100.0), (abs, -2.0, 1.0, 12, 30.0),
    ):  # fmt: skip
        x = np.linspace(a, b, 23)
        low, width = mp.mpf(a), (mp.mpf(b) - mp.mpf(a)) / n
        heights = [mp.mpf(f(float(low + width * (k + mp.mpf(0.5))))) for k in range(n)]
        steps = [
            (heights[k] - heights[k - 1]) * sigmoid(mp.mpf(w) * (big(x) - low - k * width))
            for k in range(1, n)
        ]
        yield _outputs(bump_network(f, a, b, n, w), x), heights[0] + sum(steps)


@TRACK.oracle(
    "approximation.bump.run_network",
    DIGITS,
    Tolerance(1e-9, 1e-12, "a sum of H sigmoids, which may cancel"),
)
def _run_network() -> Any:
    for hidden in (1, 4, 20):
        shapes = ((1, hidden), (hidden,), (hidden, 1), (1,))
        network: Any = tuple(rng(place).normal(size=shape) for place, shape in enumerate(shapes))
        x = rng(5).normal(size=9)
        yield run_network(network, x), _outputs(network, x)


@TRACK.oracle("approximation.bump.tower", DIGITS, PLATEAU, note=SHARP)
def _tower() -> Any:
    for box, w in (((-1.0, 1.0, -0.5, 0.5), 10.0), ((0.25, 0.5, 0.0, 2.0), 40.0)):
        x = rng(6).uniform(-1, 1, (12, 2))
        points, weight = big(x), mp.mpf(w)
        inside = sum(
            sign * sigmoid(weight * (points[:, place] - mp.mpf(edge)))
            for place, sign, edge in zip((0, 0, 1, 1), (1, -1, 1, -1), box, strict=True)
        )
        yield tower(x, box, w), sigmoid(weight * (inside - mp.mpf(1.5)))
