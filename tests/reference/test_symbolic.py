"""Symbolic differentiation, compared with mpmath and with complex steps of numpy."""

import math
import random
from typing import Any

import mpmath
import numpy as np
import pytest

from refnn.differentiation.symbolic import diff, evaluate, simplify, size


def value(expr: Any, env: dict[str, Any], library: Any) -> Any:
    """Compute an expression with the functions of another library."""
    if not isinstance(expr, tuple):
        return env[expr] if isinstance(expr, str) else expr
    name, *operands = expr
    a, *rest = (value(operand, env, library) for operand in operands)
    if not rest:
        return getattr(library, name)(a)
    (b,) = rest
    return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}.get(
        name, lambda: a**b
    )()


def draw(rng: random.Random, depth: int) -> Any:
    """Draw an expression that has a value for all positive x and y."""
    if depth == 0:
        return rng.choice(["x", "y", 2, 0.5, 3])
    a, b = draw(rng, depth - 1), draw(rng, depth - 1)
    positive = ("+", 1.5, ("*", b, b))
    return rng.choice(
        [
            ("+", a, b), ("-", a, b), ("*", a, b), ("/", a, positive), ("**", positive, a),
            ("**", a, 2), ("**", positive, -1.5), ("exp", ("sin", a)), ("log", positive),
            ("cos", a), ("sin", b),
        ]
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_derivatives_are_those_of_mpmath(seed: int) -> None:
    rng = random.Random(seed)
    expr = draw(rng, 3)
    x, y = rng.uniform(0.5, 2), rng.uniform(0.5, 2)
    with mpmath.workdps(40):
        exact = mpmath.diff(lambda t: value(expr, {"x": t, "y": mpmath.mpf(y)}, mpmath), x)
        result = value(expr, {"x": mpmath.mpf(x), "y": mpmath.mpf(y)}, mpmath)
    env = {"x": x, "y": y}
    assert evaluate(expr, env) == pytest.approx(float(result), rel=1e-9, abs=1e-12)
    derivative = diff(expr, "x")
    expected = pytest.approx(float(exact), rel=1e-8, abs=1e-10)
    assert evaluate(derivative, env) == expected
    assert evaluate(simplify(derivative), env) == expected
    assert size(simplify(derivative)) <= size(derivative)
    assert evaluate(simplify(expr), env) == pytest.approx(float(result), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(10))
def test_derivatives_are_those_of_complex_steps(seed: int) -> None:
    rng = random.Random(100 + seed)
    expr = draw(rng, 2)
    step = value(expr, {"x": 1.2 + 1e-30j, "y": 0.7 + 0j}, np)
    got = evaluate(diff(expr, "x"), {"x": 1.2, "y": 0.7})
    assert got == pytest.approx(np.imag(step) / 1e-30, rel=1e-12, abs=1e-14)


def test_the_worked_example() -> None:
    expr = ("/", ("**", "x", 2), ("+", "x", 1))
    derivative = diff(expr, "x")
    short = simplify(derivative)
    assert (size(derivative), size(short)) == (23, 15)
    assert short == ("/", ("-", ("*", 2, "x"), expr), ("+", "x", 1))
    assert evaluate(short, {"x": 3}) == 0.9375


def test_the_swelling() -> None:
    expr: Any = "x"
    sizes = []
    for _ in range(5):
        expr = ("*", ("*", 4, expr), ("-", 1, expr))
        derivative = diff(expr, "x")
        sizes.append((size(expr), size(derivative), size(simplify(derivative))))
    assert [raw for _, raw, _ in sizes] == [19, 73, 217, 577, 1441]
    assert [sizes[0], sizes[4][::2]] == [(7, 19, 11), (187, 959)]


def test_forty_rounds() -> None:
    expr: Any = "x"
    for _ in range(40):
        expr = ("*", ("*", 2.8, expr), ("-", 1, expr))
    derivative = diff(expr, "x")
    seen: set[int] = set()

    def count(node: Any) -> None:
        if isinstance(node, tuple) and id(node) not in seen:
            seen.add(id(node))
            for operand in node[1:]:
                count(operand)

    count(derivative)
    assert len(seen) <= 400
    x, slope = 0.3, 1.0
    for _ in range(40):
        x, slope = 2.8 * x * (1 - x), 2.8 * slope * (1 - 2 * x)
    assert evaluate(expr, {"x": 0.3}) == pytest.approx(x)
    assert evaluate(derivative, {"x": 0.3}) == pytest.approx(slope, rel=1e-9)
    assert evaluate(simplify(derivative), {"x": 0.3}) == pytest.approx(slope, rel=1e-9)
    assert size(expr) == 6 * 2**40 - 5


def test_powers() -> None:
    assert evaluate(diff(("**", "x", "x"), "x"), {"x": 2}) == pytest.approx(4 * (math.log(2) + 1))
    assert 4 * (math.log(2) + 1) == pytest.approx(6.77, abs=0.005)
    assert evaluate(diff(("**", "x", 2), "x"), {"x": -2}) == -4
    assert evaluate(diff(("**", "x", 0), "x"), {"x": 0}) == 0


def test_what_is_simplified() -> None:
    for expr, expected in (
        (("+", ("*", 0, "y"), ("*", 1, "x")), "x"),
        (("-", "x", 0), "x"),
        (("-", 0, "x"), ("-", 0, "x")),
        (("/", 1, "x"), ("/", 1, "x")),
        (("/", 0, ("sin", "x")), 0),
        (("**", "x", 1), "x"),
        (("**", "x", 0), 1),
        (("*", 2, 3), 6),
        (("/", 0, 0), ("/", 0, 0)),
        (("/", ("*", 0, "x"), ("-", 2, 2)), ("/", 0, 0)),
        (("exp", 1000), ("exp", 1000)),
        (("**", -1, 0.5), ("**", -1, 0.5)),
    ):
        assert simplify(expr) == expected


def test_errors() -> None:
    with pytest.raises(KeyError):
        evaluate("x", {"y": 1})
    with pytest.raises(ZeroDivisionError):
        evaluate(("/", 1, 0), {})
    with pytest.raises(ValueError, match=r"math domain|positive"):
        evaluate(("log", 0), {})
    for bad in (("tan", "x"), ("+", "x"), ("sin", 1, 2), ("?", 1, 2)):
        for call in (lambda e: evaluate(e, {"x": 1}), lambda e: diff(e, "x"), simplify):
            with pytest.raises(ValueError, match="no operation"):
                call(bad)
