"""Differentiation forward: values and slopes with 50 digits."""

from __future__ import annotations

from typing import Any

from refnn.differentiation.dual import Dual, derivative, jvp

from ..entry import Tolerance, Track
from ..exact import DIGITS, DIGITS_SLOPE, big, cos, exp, log, mp, rng, sin, slope, tanh

TRACK = Track("differentiation")
RULE = Tolerance(1e-12, 1e-15, "one rule, a few roundings")
CHAIN = Tolerance(1e-11, 1e-13, "a chain of a dozen rules")
FUNCTIONS: list[tuple[Any, Any]] = [
    (lambda x: x.tanh(), tanh), (lambda x: x.exp(), exp), (lambda x: x.log(), log),
    (lambda x: x.sin(), sin), (lambda x: x.cos(), cos), (lambda x: x**2.5, lambda x: x**2.5),
    (lambda x: 1 / x - x * x + 3 * x, lambda x: 1 / x - x * x + 3 * x),
]  # fmt: skip


NUMBERS = rng().uniform(0.1, 4, (8, 2)).tolist()


@TRACK.oracle("differentiation.dual.Dual.value", DIGITS, RULE)
def _value() -> Any:
    for f, right in FUNCTIONS:
        for x, v in NUMBERS:
            yield f(Dual(x, v)).value, right(big([x]))[0]


@TRACK.oracle(
    "differentiation.dual.Dual.deriv",
    DIGITS_SLOPE,
    RULE,
    note="the slope 1 - t² of tanh cancels where t is close to 1",
)
def _deriv() -> Any:
    for f, right in FUNCTIONS:
        for x, v in NUMBERS:
            yield f(Dual(x, v)).deriv, slope(right, [x])[0] * mp.mpf(v)


def _chain(x: Any, tanh: Any, exp: Any) -> Any:
    for _ in range(3):
        x = tanh(x) * exp(-x * x / 4) + x / 3
    return x


@TRACK.oracle("differentiation.dual.derivative", DIGITS_SLOPE, CHAIN)
def _derivative() -> Any:
    for x in (-2.0, -0.3, 0.0, 0.7, 2.0):
        got = derivative(lambda at: _chain(at, Dual.tanh, Dual.exp), x)
        yield got, slope(lambda at: _chain(at, tanh, exp), [x])[0]


@TRACK.oracle("differentiation.dual.jvp", DIGITS_SLOPE, CHAIN)
def _jvp() -> Any:
    for xs in rng(1).uniform(0.5, 2, (6, 3)).tolist():
        vs = rng(2).normal(size=3).tolist()

        def f(p: Any) -> Any:
            return [p[0] * p[1] + p[2], p[0] / p[2], p[1] ** 3.0 - p[0]]

        points, speeds, step = big(xs), big(vs), mp.mpf(10) ** -20
        above, below = f(points + step * speeds), f(points - step * speeds)
        right = [(a - b) / (2 * step) for a, b in zip(above, below, strict=True)]
        yield jvp(f, xs, vs), [f(points), right]
