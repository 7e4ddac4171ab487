"""A long failing call is shortened on the screen; the call that failed stays in sight."""

from __future__ import annotations

import ast
import time

import numpy as np
import pytest

from nnkata.checking.literals import literal
from nnkata.reporters.abridge import LINE, Source, last_statements, statements

WEIGHTS = literal(np.arange(60.0).reshape(12, 5) / 8)
BATCH = literal(np.arange(40.0).reshape(4, 10) / 4)
CALL = f"net = Net(3, 5)\nnet.W = {WEIGHTS}\nnet.b = np.array([1., 2.])\nnet.forward({BATCH}, 'a')"


def test_large_arrays_become_their_shape_and_first_values() -> None:
    assert statements(CALL) == (
        "net = Net(3, 5)",
        "net.W = <12x5 array: 0, 0.125, …>",
        "net.b = np.array([1., 2.])",
        "net.forward(<4x10 array: 0, 0.25, …>, 'a')",
    )


def test_values_are_rounded_and_a_vector_has_a_length() -> None:
    vector = [-0.23326226915656778, 1e-300 / 3, 3.0]
    assert statements(f"f(np.array({vector}))") == ("f(<array of 3: -0.233, 3.33e-301, …>)",)
    assert statements(f"f(np.array({[10**9 + n for n in range(9)]}))") == (
        "f(<array of 9: 1000000000, 1000000001, …>)",
    )


def test_the_failing_statement_is_the_last_that_is_left() -> None:
    assert last_statements(CALL, 4) == list(statements(CALL))
    assert last_statements(CALL, 3) == ["…", *statements(CALL)[-2:]]
    assert last_statements(CALL, 2) == last_statements(CALL, 1) == ["…", statements(CALL)[-1]]


def test_other_large_values_are_shortened_too() -> None:
    numbers = list(range(100))
    assert statements(f"f({numbers})") == ("f(<list of 100: 0, 1, …>)",)
    assert statements(f"f({ {n: n for n in numbers} })") == ("f(<dict of 100>)",)
    assert statements(f"f({'ab' * 100!r})") == (f"f({'ab' * 12!r}…)",)
    assert statements("f('ab')\nf(np.array([1, 2]))") == ("f('ab')", "f(np.array([1, 2]))")


def test_a_statement_has_a_length_limit() -> None:
    (line,) = statements("f(" + ", ".join(f"argument_{n}" for n in range(200)) + ")")
    assert len(line) == LINE
    assert line.endswith(" …")


def test_a_function_of_the_check_is_written_as_before() -> None:
    assert statements(f"f(<a function of the check>, {BATCH})") == (
        "f(<a function of the check>, <4x10 array: 0, 0.25, …>)",
    )


def test_what_is_not_python_gives_nothing() -> None:
    deep = "[" * 5000 + "]" * 5000
    for text in ("f(<a text>)", "", "a\0b", deep, f"f({deep})"):
        assert statements(text) == ()
        assert last_statements(text, 5) == []


LONG_CALLS = {
    "numbers": f"f([{', '.join(['0.123456789'] * 50_000)}])",
    "text": f"f('{'a' * 10**6}')",
    "rows": f"f(g({', '.join([str([1.5, 2.5, *[7] * 20])] * 2500)}))",
    "rows_on_lines": "f(g(\n" + ",\n".join([str([1.5, 2.5, *[7] * 20])] * 2500) + "))",
    "statements": "\n".join(f"f([1.5, 2.5, {n}, {'7, ' * 20}])" for n in range(2500)),
}


@pytest.mark.parametrize("name", LONG_CALLS)
def test_the_longest_calls_that_are_written_are_shortened_in_a_moment(name: str) -> None:
    """A submission decides how long the values are that it returns, and a check passes on."""
    start = time.process_time()
    found = statements(LONG_CALLS[name])
    assert time.process_time() - start < 5
    assert found
    assert max(map(len, found)) <= LINE


@pytest.mark.parametrize(
    "text",
    ["f(1, 'é', [2])\ng('ü', x.y)\n", "f(\n 1,\r 'a',\r\n [é, 2])", "a = f('\x0c', \x0c b)\nc",
     "f('\u2028', '''\n\n''', 'z')", "\u00e9 = (1,\n  [3])"],
)  # fmt: skip
def test_the_text_of_a_node_is_that_of_the_library(text: str) -> None:
    source = Source(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.expr | ast.stmt):
            expected = str(ast.get_source_segment(text, node))
            assert source.segment(node).split() == expected.split()
