"""Scalar autograd: values and slopes with 50 digits, and graphs counted path by path."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from refnn.autograd import elementary, gradcheck
from refnn.autograd.backward import backward
from refnn.autograd.tanh import tanh
from refnn.autograd.topological_sort import topological_sort
from refnn.autograd.value import Value

from ..entry import Compare, Tolerance, Track
from ..exact import (
    DIGITS,
    DIGITS_SLOPE,
    big,
    exp,
    gradient,
    log,
    mp,
    rng,
    sigmoid,
    slope,
)
from ..exact import (
    tanh as big_tanh,
)

TRACK = Track("autograd")
ONE_ROUNDING = Tolerance(1e-12, 1e-14, "one function of one number")
PATHS = Tolerance(1e-9, 1e-9, "a sum over the paths of a graph")
OPERATORS = Tolerance(1e-9, 0.0, "one operation each")
NUMBERS = [-30.0, -3.0, -0.5, -1e-9, 1e-9, 0.25, 1.0, 3.0, 30.0, *rng().normal(0, 3, 20).tolist()]


def data(f: Any, right: Any, numbers: list[float]) -> Compare:
    """Return the comparison of the data of `f(Value(x))`."""
    return lambda: [(f(Value(x)).data, right(big([x]))[0]) for x in numbers]


def slopes(f: Any, right: Any, numbers: list[float]) -> Compare:
    """Return the comparison of the slope of `f(Value(x))`."""
    return lambda: [(f(Value(x)).slopes[0], slope(right, [x])[0]) for x in numbers]


POSITIVE = [abs(x) for x in NUMBERS]
NEAR = [x for x in NUMBERS if abs(x) <= 2]
for _name, _f, _right, _numbers, _near in (
    ("elementary.exp", elementary.exp, exp, NUMBERS, NUMBERS),
    ("elementary.log", elementary.log, log, POSITIVE, POSITIVE),
    ("elementary.relu", elementary.relu, lambda x: np.maximum(x, mp.mpf(0)), NUMBERS, NUMBERS),
    ("elementary.sigmoid", elementary.sigmoid, sigmoid, NUMBERS, NEAR),
    ("tanh.tanh", tanh, big_tanh, NUMBERS, NEAR),
):
    TRACK.oracle(f"autograd.{_name}.data", DIGITS, ONE_ROUNDING)(data(_f, _right, _numbers))
    TRACK.oracle(f"autograd.{_name}.slopes", DIGITS_SLOPE, ONE_ROUNDING)(slopes(_f, _right, _near))
TRACK.oracle(
    "autograd.elementary.sigmoid.slopes_far",
    DIGITS_SLOPE,
    ONE_ROUNDING,
    note="for x up to 30: s (1 - s) cancels where s is close to 1; 1 - s has an error of 1e-16",
)(slopes(elementary.sigmoid, sigmoid, NUMBERS))
TRACK.oracle(
    "autograd.tanh.tanh.slopes_far",
    DIGITS_SLOPE,
    ONE_ROUNDING,
    note="for x up to 30: 1 - t² cancels where t is close to 1, and is 0 from 19.1 on",
)(slopes(tanh, big_tanh, NUMBERS))


def _formula(a: Any, b: Any) -> Any:
    return (a * b - a / b + 2.0 / a) ** 3 - (-b + 1.5) * a + (b - 0.5) ** 2 / (1.0 + a)


def _shared(a: Any, b: Any) -> Any:
    """Return a number that depends on both in 3 ** 4 ways."""
    for _ in range(4):
        a = a * b + a + a / 3.0
    return a


@TRACK.oracle("autograd.value.Value", DIGITS, OPERATORS)
def _value() -> Any:
    for a, b in rng().uniform(0.5, 3, (10, 2)).tolist():
        results = [
            (x + y, x - y, x * y, x / y, -x, x**2.5, x**-1.0)
            for x, y in ((Value(a), Value(b)), (mp.mpf(a), mp.mpf(b)))
        ]
        yield [v.data for v in results[0]], list(results[1])


def _at(f: Any, point: Any) -> Any:
    return f(*point)


@TRACK.oracle("autograd.backward.backward", DIGITS_SLOPE, PATHS, "gradient")
def _backward() -> Any:
    for f in (_formula, _shared):
        for a, b in rng(1).uniform(0.5, 3, (8, 2)).tolist():
            leaves = Value(a), Value(b)
            backward(f(*leaves))
            yield [v.grad for v in leaves], gradient(partial(_at, f), [a, b])


@TRACK.oracle(
    "autograd.topological_sort.topological_sort",
    "position of every parent",
    Tolerance(0, 0, "equal: an order"),
    "exact",
)
def _topological_sort() -> Any:
    for size in (1, 2, 30, 200):
        nodes = [Value(0.0)]
        for count in range(1, size):
            chosen = rng(count).integers(0, count, 2)
            nodes.append(Value(0.0, tuple(nodes[i] for i in {*chosen.tolist(), count - 1})))
        place = {id(v): i for i, v in enumerate(topological_sort(nodes[-1]))}
        yield len(place), size
        yield (
            [place[id(p)] < place[id(v)] for v in nodes for p in v.parents],
            [True] * sum(len(v.parents) for v in nodes),
        )


@TRACK.oracle(
    "autograd.gradcheck.numerical_gradient",
    DIGITS_SLOPE,
    Tolerance(0.0, 1e-9, "h² from the formula and 1e-16 / h from rounding"),
    "gradient",
    "differences with h = 1e-5 keep about 10 of 16 digits: this is the error of the method",
)
def _numerical_gradient() -> Any:
    for shape in ((), (3,), (2, 3)):
        x = rng(1).normal(size=shape)
        right = np.asarray(
            gradient(lambda at: (np.asarray(at) ** 3).sum() + at.sum(), big(np.atleast_1d(x)))
        )
        yield (
            gradcheck.numerical_gradient(lambda at: float((at**3).sum() + at.sum()), x),
            right.reshape(shape),
        )


@TRACK.oracle("autograd.gradcheck.relative_error", DIGITS, OPERATORS)
def _relative_error() -> Any:
    for size in (1, 5, 20):
        a, b = rng(0).normal(size=size), rng(1).normal(size=size)
        p, q = big(a), big(b)
        yield gradcheck.relative_error(a, b), (abs(p - q) / (abs(p) + abs(q))).max()
        yield (
            gradcheck.relative_error(a * 1e-12, a * 2e-12),
            max(
                abs(u - v) / max(mp.mpf(1e-8), abs(u) + abs(v))
                for u, v in zip(big(a * 1e-12), big(a * 2e-12), strict=True)
            ),
        )
