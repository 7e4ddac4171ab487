"""Differentiation: values and slopes with 50 digits, and counts by hand."""

from __future__ import annotations

import math
import random
import re
from functools import partial
from typing import Any

from refnn.differentiation.dual import Dual, derivative, jvp
from refnn.differentiation.jacobian import cheaper_mode, jacobian_forward, jacobian_reverse
from refnn.differentiation.static_graph import Node, compile_graph, constant, optimize, placeholder
from refnn.differentiation.symbolic import diff, evaluate, simplify, size

from ..entry import Tolerance, Track
from ..exact import DIGITS, DIGITS_SLOPE, big, cos, exp, gradient, log, mp, rng, sin, slope, tanh

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


COUNTED = Tolerance(0, 0, "equal: a count, or a word")
BY_RULES = Tolerance(1e-8, 1e-10, "a formula of some dozen rules, with numbers that may cancel")


def _tanh(x: Any) -> Any:
    if isinstance(x, float | mp.mpf):
        return math.tanh(x) if isinstance(x, float) else mp.tanh(x)
    return x.tanh()


MAPS: list[Any] = [
    lambda p: [p[0] * p[1] + p[2], p[0] / p[2], p[1] ** 3.0 - p[0], 2 - p[2]],
    lambda p: [_tanh(p[0] * p[1]) * p[2] - 1 / p[1]],
    lambda p: [_tanh(p[0]) * _tanh(p[1]), p[2] ** -1.5 * p[2]],
]


def _result(f: Any, number: int, p: Any) -> Any:
    return f(p)[number]


def _jacobians(jacobian: Any) -> Any:
    for f in MAPS:
        for xs in rng(3).uniform(0.5, 2, (4, 3)).tolist():
            count = len(f(xs))
            rows = [gradient(partial(_result, f, i), xs) for i in range(count)]
            yield jacobian(f, xs), rows


SLOPE_CANCELS = "the slope 1 - t² of tanh cancels where t is close to 1"


@TRACK.oracle("differentiation.jacobian.jacobian_forward", DIGITS_SLOPE, CHAIN, note=SLOPE_CANCELS)
def _jacobian_forward() -> Any:
    yield from _jacobians(jacobian_forward)


@TRACK.oracle("differentiation.jacobian.jacobian_reverse", DIGITS_SLOPE, CHAIN, note=SLOPE_CANCELS)
def _jacobian_reverse() -> Any:
    yield from _jacobians(jacobian_reverse)


@TRACK.oracle(
    "differentiation.jacobian.cheaper_mode", "the smaller count of passes", COUNTED, "exact"
)
def _cheaper_mode() -> Any:
    for n in range(1, 5):
        for m in range(1, 5):
            passes = {"forward": n, "reverse": m}
            yield cheaper_mode(n, m), min(passes, key=lambda mode: passes[mode])


TWO: list[Any] = [
    lambda x, y: (x + y) * (x + y) - 3 / x,
    lambda x, y: _tanh(x * y) ** 2 - 2 * _tanh(x * y),
    lambda x, y: -((1 - x) ** 3) / (y * y + 1),
    lambda x, y: x**-1.5 + x**0 * y,
]
PAIRS = rng(4).uniform(0.5, 2, (5, 2)).tolist()


def _of_pair(f: Any, p: Any) -> Any:
    return f(p[0], p[1])


def _built(f: Any) -> Any:
    return compile_graph(f(placeholder("x"), placeholder("y")))


@TRACK.oracle(
    "differentiation.static_graph.Program.run",
    DIGITS,
    Tolerance(1e-12, 1e-14, "a handful of operations, one of them a difference"),
)
def _run() -> Any:
    for f in TWO:
        for x, y in PAIRS:
            yield _built(f).run({"x": x, "y": y}), f(mp.mpf(x), mp.mpf(y))


@TRACK.oracle(
    "differentiation.static_graph.Program.grad",
    DIGITS_SLOPE,
    Tolerance(1e-11, 1e-12, "a chain of some rules"),
    "gradient",
)
def _grad() -> Any:
    for f in TWO:
        for x, y in PAIRS:
            got = _built(f).grad({"x": x, "y": y}, ["x", "y"])
            yield [got["x"], got["y"]], gradient(partial(_of_pair, f), [x, y])


X, Y = placeholder("x"), placeholder("y")
COUNTS: list[tuple[Node, int, int]] = [  # the operations, and those that are left
    ((X + Y) * (X + Y) + constant(2) * constant(3), 5, 3),
    ((X + 1) + 2, 2, 2),
    ((X - Y) * 10 + (Y - X), 4, 4),
    (constant(6) * constant(1) + 0 * (constant(2) * constant(3)), 4, 0),
    ((X * 0.0) - (X * -0.0), 3, 3),
    (X + constant(1) / constant(0), 2, 2),
    ((X * Y).tanh() * (placeholder("x") * Y).tanh(), 5, 3),
    (X, 0, 0),
]


@TRACK.oracle("differentiation.static_graph.compile_graph", "counts by hand", COUNTED, "exact")
def _compile() -> Any:
    for node, count, _ in COUNTS:
        yield compile_graph(node).n_ops, count


@TRACK.oracle(
    "differentiation.static_graph.optimize", "counts by hand; plain Python", COUNTED, "exact"
)
def _optimize() -> Any:
    for node, _, count in COUNTS:
        yield optimize(compile_graph(node)).n_ops, count
    for f in TWO:
        for x, y in PAIRS:
            yield optimize(_built(f)).run({"x": x, "y": y}), f(x, y)


for _recipe in ("Node", "placeholder", "constant"):
    TRACK.no_oracle(
        f"differentiation.static_graph.{_recipe}",
        "a recipe without a number; Program.run computes with it",
    )


def _draw(draws: random.Random, depth: int) -> Any:
    """Draw an expression that has a value for all positive x and y."""
    if depth == 0:
        return draws.choice(["x", "y", 2, 0.5, 3, 0, 1])
    a, b = _draw(draws, depth - 1), _draw(draws, depth - 1)
    positive = ("+", 1.5, ("*", b, b))
    return draws.choice(
        [
            ("+", a, b), ("-", a, b), ("*", a, b), ("/", a, positive), ("**", positive, a),
            ("**", a, 2), ("**", positive, -1.5), ("exp", ("sin", a)), ("log", positive),
            ("cos", a), ("sin", b),
        ]
    )  # fmt: skip


def _expressions() -> Any:
    for seed in range(40):
        draws = random.Random(seed)
        yield _draw(draws, 2 + seed % 2), {name: draws.uniform(0.5, 2) for name in "xy"}


def _number(expr: Any, env: dict[str, Any]) -> Any:
    """Return the value of an expression with 50 digits."""
    if not isinstance(expr, tuple):
        return env[expr] if isinstance(expr, str) else mp.mpf(expr)
    name, *operands = expr
    if len(operands) == 1:
        return getattr(mp, name)(_number(operands[0], env))
    a, b = (_number(operand, env) for operand in operands)
    results = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}
    return results.get(name, lambda: a**b)()


def _of_names(expr: Any, names: Any, p: Any) -> Any:
    return _number(expr, dict(zip(names, p, strict=True)))


def _right(expr: Any, env: dict[str, float]) -> Any:
    return _number(expr, {name: mp.mpf(x) for name, x in env.items()})


@TRACK.oracle(
    "differentiation.symbolic.evaluate",
    DIGITS,
    Tolerance(1e-12, 1e-15, "one rounding for each operation"),
    note="a difference or a sine near 0 has lost digits before",
)
def _evaluate() -> Any:
    for expr, env in _expressions():
        yield evaluate(expr, env), _right(expr, env)


@TRACK.oracle(
    "differentiation.symbolic.diff",
    DIGITS_SLOPE,
    BY_RULES,
    "gradient",
)
def _diff() -> Any:
    for expr, env in _expressions():
        got = [evaluate(diff(expr, name), env) for name in env]
        with mp.workdps(150):  # a part of 1e43 must leave the digits of the others
            right = gradient(partial(_of_names, expr, list(env)), list(env.values()))
        yield got, right


@TRACK.oracle(
    "differentiation.symbolic.simplify",
    DIGITS,
    BY_RULES,
    note="an operation on numbers becomes one number, which is rounded",
)
def _simplify() -> Any:
    for expr, env in _expressions():
        yield _right(simplify(expr), env), _right(expr, env)
    for name in ("+", "-", "*", "/", "**"):
        for number in (0, 1, 2):
            sides = (("x", number), (number, "x"), (number, number))
            for expr in ((name, *operands) for operands in sides):
                if expr != ("/", "x", 0) and expr != ("/", 0, 0):
                    yield _right(simplify(expr), {"x": 1.25}), _right(expr, {"x": 1.25})


@TRACK.oracle("differentiation.symbolic.size", "names and numbers of the text", COUNTED, "exact")
def _size() -> Any:
    for expr, _ in _expressions():
        yield size(expr), len(re.findall(r"[^(), ]+", repr(expr)))
