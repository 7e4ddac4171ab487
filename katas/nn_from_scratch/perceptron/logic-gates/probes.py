"""Functions that run beside the learner's gates module."""

import numpy as np

from . import gates as module
from .perceptron import Perceptron

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]


def corners_on_the_line(names: list[str]) -> dict[str, list[list[int]]]:
    """Return, by gate, the corners where its net input is nearer to 0 than 0.05."""
    found = {}
    for name in names:
        made = module.gate(name)
        near = [list(c) for c in CORNERS if abs(float(made.net(np.array(c)))) < 0.05]
        if near:
            found[name] = near
    return found


def layers_of_xor() -> dict[str, str]:
    """Count the perceptrons that xor asks, and see whether one gets other inputs than x."""
    asked, inside = [], []

    def watched(method):  # type: ignore[no-untyped-def]
        def call(self: Perceptron, x: object) -> object:
            if not inside:
                asked[-1].append(np.array(x, dtype=float).tolist())
            inside.append(self)
            try:
                return method(self, x)
            finally:
                inside.pop()

        return call

    right = Perceptron.net, Perceptron.forward
    Perceptron.net, Perceptron.forward = map(watched, right)
    try:
        for corner in CORNERS:
            asked.append([])
            module.xor(np.array(corner))
    finally:
        Perceptron.net, Perceptron.forward = right
    calls = min(len(calls) for calls in asked)
    deep = any(
        not np.array_equal(np.ravel(x), corner)
        for corner, calls in zip(CORNERS, asked, strict=True)
        for x in calls
    )
    return {
        "perceptrons asked": "two or more" if calls >= 2 else ("none", "one")[calls],
        "layers": "two or more" if deep else "one" if calls else "none",
    }


def lines(names: list[str]) -> list[list[float]]:
    """Return weights and bias of gates."""
    made = [module.gate(name) for name in names]
    return [[*np.asarray(p.weights, float).tolist(), float(p.bias)] for p in made]
