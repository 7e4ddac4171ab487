"""The lines that a failing learner is shown make the same answer again, in plain Python."""

from __future__ import annotations

import ast
import math
import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nnkata.checking import transcript
from nnkata.checking.literals import literal
from nnkata.checking.proxy import Solution
from nnkata.checking.python_source import script_of
from nnkata.checking.transcript import Expression
from nnkata.model import Course
from nnkata.sandbox.child import protocol

MODULE = """
import random as r
import numpy as np

class Value:
    __array_ufunc__ = None
    def __init__(self, data, parents=()):
        self.data, self.parents, self.extra = data, parents, None
    def __add__(self, o): return Value(self.data + getattr(o, "data", o), (self, o))
    def __radd__(self, o): return Value(o + self.data, (o, self))
    def __rsub__(self, o): return Value(o - self.data)
    def __sub__(self, o): return Value(self.data - getattr(o, "data", o))
    def __mul__(self, o): return Value(self.data * getattr(o, "data", o))
    def __rmatmul__(self, o): return Value(o @ self.data)
    def __rpow__(self, o): return Value(o ** self.data)
    def __pow__(self, o): return Value(self.data ** o)
    def __neg__(self): return Value(-self.data)
    def __abs__(self): return Value(abs(self.data))
    def __getitem__(self, k): return Value(self.data[k])
    def __call__(self, x, scale=1.0): return Value(self.data * x * scale)
    def double(self):
        self.data *= 2
        return self

def echo(*args, **named): return [*args, named] if named else (args[0] if len(args) == 1 else args)
def chain(n): return [Value(float(k)) for k in range(n)]
def nested(v): return {"all": [(v, Value(7.0))], "n": 1}
def draw(rng, n): return rng.normal(size=n)
def draw_py(rng): return rng.random()
def both(a, b): return a is b, a.random(), b.random()
def apply(f, x): return f(x)
"""
PROBES = "def twice(v): return v.data * 2\ndef made(n): return [n]\n"


@pytest.fixture
def course(lab: Any) -> Course:
    kata = {
        "reference": MODULE, "probes": PROBES,
        "exports": "Value echo chain nested draw draw_py both apply".split(),
        "checks": 'def test_a(solution):\n    """It runs."""\n',
    }  # fmt: skip
    made: Course = lab.course({"a": kata})
    return made


@pytest.fixture
def solution(lab: Any, course: Course) -> Solution:
    made: Solution = lab.talk(course, "a", MODULE)
    return made


def lines_of(solution: Solution, wanted: set[int] | None = None) -> list[str]:
    """Return the lines of the last exchange, and of those that it depends on."""
    script = script_of(solution._link.transcript)
    return script.lines(wanted or {len(script.exchanges) - 1})


def executed(lines: list[str]) -> Any:
    """Run lines as `kata run` does, against the same module in this process."""
    known: dict[str, Any] = {"np": np, "math": math, "random": random}
    exec(MODULE, known)
    probe: dict[str, Any] = {}
    exec(PROBES, probe)
    known["probe"] = SimpleNamespace(**probe)
    *before, last = ast.parse("\n".join(lines)).body
    exec(compile(ast.Module(before, []), "lines", "exec"), known)
    if isinstance(last, ast.Assign):
        exec(compile(ast.Module([last], []), "lines", "exec"), known)
        return eval(ast.unparse(last.targets[0]), known)
    assert isinstance(last, ast.Expr), ast.unparse(last)
    return eval(compile(ast.Expression(last.value), "lines", "eval"), known)


def bits(value: Any) -> Any:
    """Return a value in a form that is equal only for equal types and bits."""
    if hasattr(value, "parents") or type(value).__name__ == "Handle":
        return "Value", bits(value.data)
    if type(value) in (list, tuple):
        return type(value), [bits(v) for v in value]
    if type(value) is dict:
        return dict, [(bits(k), bits(v)) for k, v in value.items()]
    if isinstance(value, np.ndarray | np.generic) and value.dtype.kind in "fc":
        one = np.array(value).reshape(-1).view(value.real.dtype)
        one[np.isnan(one)] = math.nan  # the sign of nan is nobody's business
        return type(value), value.dtype, value.shape, one.tobytes()
    return type(value), repr(protocol.pack(value))


ARGUMENTS = {
    "floats": [0.1, -0.0, 1e300, 5e-324, math.nan, math.inf, -math.inf, 1e22, 123456789.125],
    "others": [None, True, 3, -7, 10**30, 10**5000, "a'\n\"\u202e\ud800é", "", 2.5 - 1j],
    "odd complex numbers": [
        complex(math.nan, -0.0), complex(-0.0, math.inf), complex(1, -math.inf), -2j,
        complex(1, -0.0),
    ],
    "containers": [[], (), {}, [1, (2,), [3.0, ()]], {"a": [1], 2: (math.nan,), (1, 2): -0.0}],
    "a long list of floats": [[0.1 * k for k in range(30)] + [math.nan, -math.inf]],
    "scalars": [d.type(1) for d in protocol.DTYPES.values()],
    "odd scalars": [
        np.float32("nan"), np.float64("-inf"), np.float16(-0.0), np.float32(0.1),
        np.complex64(complex(math.nan, 1)), np.complex128(complex(-0.0, -math.inf)),
        np.float64(0.1),         np.uint64(2**64 - 1), np.int64(-(2**63)), np.bool(False),
    ],
    "arrays": [np.arange(6).astype(d).reshape(2, 3) for d in protocol.DTYPES.values()],
    "empty arrays": [np.empty(s, d) for s in (0, (0, 3), (2, 0)) for d in ("f8", "i4", "?", "c8")],
    "0-d arrays": [np.array(5.0), np.array(-3), np.array(True), np.array(1j), np.array(0.1, "f4")],
    "odd arrays": [
        np.array([math.nan, math.inf, -math.inf, -0.0, 1e-300, 1e17, 0.1]),
        np.array([math.nan, -0.0, 0.1, 65504], dtype=np.float16),
        np.array([complex(math.nan, math.inf), complex(-0.0, -0.0), 0.1 + 1e-20j]),
        np.array([complex(math.nan, -math.inf), 0.1j], dtype=np.complex64),
        np.array([2**64 - 1], dtype=np.uint64), np.array([[True], [False]]),
    ],
    "big arrays": [
        np.random.default_rng(0).normal(size=(60, 40)), np.arange(5000),
        np.full((40, 40), math.nan),
        np.random.default_rng(0).normal(size=(2, 30, 40)).astype("f4"),
        np.ones(3000, bool),
        np.random.default_rng(0).normal(size=(3000, 2)).view(complex),
    ],
    "many dimensions": [np.zeros((1,) * 20), np.arange(64.0).reshape((2,) * 6)],
}  # fmt: skip


@pytest.mark.parametrize("values", ARGUMENTS.values(), ids=ARGUMENTS)
def test_an_argument_is_written_so_that_it_is_the_very_same_again(
    solution: Solution, values: list[Any]
) -> None:
    for value in values:
        for given_ in ((value,), (value, value), ([value], {"k": (value,)})):
            answer = solution.echo(*given_)
            assert bits(executed(lines_of(solution)[-(10**6) :])) == bits(answer)
        answer = solution.echo(1, name=value)
        assert bits(executed(lines_of(solution))) == bits(answer)
        solution._link.transcript.clear()


@settings(
    deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.recursive(
        st.floats() | st.complex_numbers() | st.integers() | st.text() | st.none()
        | arrays.arrays(
            st.sampled_from(["f2", "f4", "f8", "i1", "u8", "c8", "c16", "?"]).map(np.dtype),
            arrays.array_shapes(min_dims=0, min_side=0, max_side=4),
        ),
        lambda inner: st.lists(inner, max_size=3) | st.tuples(inner),
        max_leaves=5,
    )
)  # fmt: skip
def test_any_value_is_written_so_that_it_is_the_very_same_again(value: Any) -> None:
    assert bits(eval(literal(value), {"np": np})) == bits(value)


def chained(s: Solution) -> Any:
    a, b = s.Value(2.0), s.Value(-3.5)
    c = (a + b) * b - 1.5
    return (-c).double().data


def reflected(s: Solution) -> Any:
    v = s.Value(3.0)
    return (-2.0) ** (-1.5 + (2 - v))


def numpy_on_the_left(s: Solution) -> Any:
    v = s.Value(np.array([[1.0, -0.0], [2.0, 3.0]]))
    return (np.float64(2.0) + (np.eye(2) @ v))[0, 1]


def an_attribute_that_is_set(s: Solution) -> Any:
    v = s.Value(np.ones(3))
    v.data = np.array([math.nan, 1.0, 2.0])
    v.extra = [v, 1]
    return v.extra[0].data


def the_object_is_called(s: Solution) -> Any:
    return s.Value(2.0)(3.0, scale=-1.0)


def objects_in_a_short_list(s: Solution) -> Any:
    first, second = s.chain(2)
    return first + second


def one_object_in_a_list(s: Solution) -> Any:
    (only,) = s.chain(1)
    return only.double()


def objects_in_a_long_list(s: Solution) -> Any:
    many = s.chain(20)
    return many[17] + many[3]


def objects_deep_in_an_answer(s: Solution) -> Any:
    answer = s.nested(s.Value(1.0))
    old, new = answer["all"][0]
    return old + new


def objects_given_back_in_a_list(s: Solution) -> Any:
    many = s.chain(12)
    return s.echo([many[11], (many[0],)])


def an_object_reached_through_attributes(s: Solution) -> Any:
    v = s.Value(1.0) + s.Value(2.0)
    return v.parents[1].double().data


def a_parent_by_itself(s: Solution) -> Any:
    v = s.Value(1.0) + 2.0
    v.parents[0].double()
    return v.parents[0].data


def a_generator_used_twice(s: Solution) -> Any:
    rng = s.rng(7)
    s.draw(rng, 3)
    return s.draw(rng, 2)


def one_generator_passed_twice(s: Solution) -> Any:
    return s.both(s.rng(3), s.rng(3))


def generators_of_two_kinds(s: Solution) -> Any:
    s.draw_py(s.py_rng(1))
    s.draw(s.rng(1), 1)
    return s.echo(s.draw_py(s.py_rng(1)), s.py_rng(1)) and s.draw_py(s.py_rng(1))


def two_generators_with_one_seed(s: Solution) -> Any:
    s.draw(s.rng(3), 2)
    return s.echo(s.draw(s.rng(3, 1), 1), s.rng(3), s.rng(3, 1)) and s.draw(s.rng(3, 1), 2)


def a_function_given_as_text(s: Solution) -> Any:
    return s.apply(s.fn("lambda x: float((x ** 2).sum())"), np.array([1.0, 2.0]))


def a_probe_on_an_object(s: Solution) -> Any:
    v = s.Value(4.0)
    v.double()
    return s.probe.twice(v)


def a_slice(s: Solution) -> Any:
    return s.Value(np.arange(5.0))[2]


def a_long_call(s: Solution) -> Any:
    return s.echo(np.arange(40.0), np.ones((5, 5)), "x" * 90, more=np.eye(7, dtype=np.float32))


PROGRAMS = [
    chained, reflected, numpy_on_the_left, an_attribute_that_is_set, the_object_is_called,
    objects_in_a_short_list, one_object_in_a_list, objects_in_a_long_list,
    objects_deep_in_an_answer, objects_given_back_in_a_list, an_object_reached_through_attributes,
    a_parent_by_itself, a_generator_used_twice, one_generator_passed_twice,
    generators_of_two_kinds, two_generators_with_one_seed, a_function_given_as_text,
    a_probe_on_an_object, a_slice, a_long_call,
]  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.__name__)
def test_the_lines_of_a_conversation_make_its_last_answer(
    solution: Solution, program: Callable[[Solution], Any]
) -> None:
    answer = program(solution)
    lines = lines_of(solution)
    assert bits(executed(lines)) == bits(answer), "\n".join(lines)
    every = lines_of(solution, set(range(len(solution._link.transcript))))
    if isinstance(ast.parse(every[-1] if len(every) == 1 else "\n".join(every)).body[-1], ast.Expr):
        executed(every)


def test_what_has_nothing_to_do_with_the_failure_is_left_out(solution: Solution) -> None:
    other = solution.Value(100.0)
    other.double()
    v = solution.Value(1.0)
    solution.draw(solution.rng(5), 2)
    v.double()
    solution.echo("unrelated")
    assert (v + 1.0).data == 3.0
    assert lines_of(solution) == ["v2 = Value(1.0)", "v2.double()", "v3 = v2 + 1.0", "v3.data"]


def test_what_changed_the_object_long_ago_is_kept(solution: Solution) -> None:
    a, b = solution.Value(1.0), solution.Value(2.0)
    b.data = 5.0
    c = a + b
    b.double()
    solution.echo(a.data)
    _ = c.parents
    lines = lines_of(solution)
    assert "v2.data = 5.0" in lines
    assert "v2.double()" in lines
    assert "Value(1.0)" in lines[0]


def test_a_check_that_never_crossed_has_no_lines(solution: Solution) -> None:
    assert script_of(solution._link.transcript).lines(set()) == []


def test_a_python_function_of_the_check_is_named_and_not_printed(solution: Solution) -> None:
    solution.apply(lambda x: x + 1, 2.0)
    assert lines_of(solution) == ["apply(<a function of the check>, 2.0)"]


def test_a_line_is_folded_before_it_gets_too_wide(solution: Solution) -> None:
    solution.echo("x" * 50, "y" * 50)
    assert lines_of(solution) == ["echo(", f"    '{'x' * 50}',", f"    '{'y' * 50}',", ")"]


def test_an_expression_is_compiled_once_and_evaluated_at_each_call() -> None:
    count = Expression(" lambda x, seen=[]: seen.append(x) or len(seen)")
    before = transcript._compile.cache_info().misses
    assert [count(3), count(4), count(5)] == [1, 1, 1]
    assert Expression(count.text)(6) == 1
    assert transcript._compile.cache_info().misses == before + 1
    assert Expression("lambda x: np.float64(x) + math.pi")(1.0) == 1.0 + np.pi
