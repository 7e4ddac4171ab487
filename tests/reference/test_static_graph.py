"""Compiled graphs, compared with mpmath's derivatives and with plain Python."""

import math
import random
from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from refnn.differentiation.static_graph import (
    Node,
    Program,
    compile_graph,
    constant,
    optimize,
    placeholder,
)

Function = Callable[..., Any]


def tanh(x: Any) -> Any:
    return x.tanh() if isinstance(x, Node) else mpmath.tanh(x)


FUNCTIONS: list[Function] = [
    lambda x, y: (x + y) * (x + y) - 3 / x,
    lambda x, y: tanh(x * y) ** 2 - 2 * tanh(x * y),
    lambda x, y: -((1 - x) ** 3) / (y * y + 1),
    lambda x, y: x**-1.5 + x**0 * y,
]


def built(f: Function) -> Program:
    return compile_graph(f(placeholder("x"), placeholder("y")))


@pytest.mark.parametrize("number", range(len(FUNCTIONS)))
@pytest.mark.parametrize("make", [lambda p: p, optimize])
def test_values_and_gradients(number: int, make: Callable[[Program], Program]) -> None:
    f, program = FUNCTIONS[number], make(built(FUNCTIONS[number]))
    rng = random.Random(number)
    for _ in range(3):
        x, y = rng.uniform(0.5, 2), rng.uniform(0.5, 2)
        feeds = {"x": x, "y": y, "z": 0.0}
        assert program.run(feeds) == pytest.approx(float(f(x, y)), rel=1e-13)
        with mpmath.workdps(40):
            exact = [mpmath.diff(f, (x, y), order) for order in ((1, 0), (0, 1))]
        got = program.grad(feeds, ["x", "y", "z"])
        assert [got["x"], got["y"]] == pytest.approx([float(e) for e in exact], rel=1e-12)
        assert got["z"] == 0.0


def test_the_worked_example() -> None:
    x, y = placeholder("x"), placeholder("y")
    program = compile_graph((x + y) * (x + y) + constant(2) * constant(3))
    shorter = optimize(program)
    assert (program.n_ops, shorter.n_ops) == (5, 3)
    feeds = {"x": 1, "y": 2}
    assert program.run(feeds) == shorter.run(feeds) == 15
    assert shorter.grad(feeds, ["x", "y"]) == program.grad(feeds, ["x", "y"]) == {"x": 6, "y": 6}
    assert program.n_ops == 5


def test_what_stays() -> None:
    x = placeholder("x")
    assert math.isnan(optimize(compile_graph(0 * x)).run({"x": math.inf}))
    assert optimize(compile_graph((x + 1) + 2)).run({"x": 1e16}) == 1e16 + 2
    assert 1e16 + 3 == 1e16 + 4
    y = placeholder("y")
    assert optimize(compile_graph((x - y) * 10 + (y - x))).run({"x": 5, "y": 3}) == 18
    assert optimize(compile_graph((x + 1) * (x + 2))).n_ops == 3
    root = optimize(compile_graph(constant(6) * constant(1) + 0 * (constant(2) * constant(3))))
    assert (root.n_ops, root.run({})) == (0, 6)
    negative = optimize(compile_graph((x * 0.0) - (x * -0.0)))
    assert negative.n_ops == 3


def test_errors_come_when_it_runs() -> None:
    x = placeholder("x")
    program = compile_graph(x + constant(1) / constant(0))
    for each in (program, optimize(program)):
        assert each.n_ops == 2
        with pytest.raises(ZeroDivisionError):
            each.run({"x": 1})
    with pytest.raises(KeyError):
        compile_graph(-x).run({})
    with pytest.raises(TypeError):
        bool(x)
    with pytest.raises(TypeError):
        assert x > 0  # type: ignore[operator]


def test_a_deep_graph() -> None:
    x = placeholder("x")
    y = x
    for _ in range(20_000):
        y = 0.5 * y + x
    program = compile_graph(y)
    assert program.run({"x": 3}) == pytest.approx(6)
    assert program.grad({"x": 3}, ["x"])["x"] == pytest.approx(2)
    assert optimize(program).n_ops == program.n_ops == 40_000


def test_shared_nodes_and_equal_names() -> None:
    y = placeholder("x")
    for _ in range(40):
        y = y + y
    program = compile_graph(y)
    assert program.n_ops == 40
    assert program.grad({"x": 1}, ["x"]) == {"x": 2.0**40}
    twice = compile_graph(placeholder("x") * placeholder("x"))
    assert twice.grad({"x": 3}, ["x"]) == {"x": 6}
