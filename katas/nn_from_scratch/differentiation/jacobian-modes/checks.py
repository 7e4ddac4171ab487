"""Hidden checks of the kata jacobian-modes."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    points,
)

SMALL = "lambda x: [x[0] * x[1], x[0] + 2 * x[1], 5.0]"
"""The function of the lesson."""


def draw(rng, count, low=0.5, high=3.0):
    """Draw floats whose size is between low and high, of either sign."""
    return (rng.uniform(low, high, count) * rng.choice([-1, 1], count)).tolist()


def functions(rng):
    """Return (text, inputs, Jacobian), with N and M different, as a learner would write them."""
    a, b, c = draw(rng, 3)
    p, q = (round(v, 3) for v in draw(rng, 2))
    t = math.tanh(a * b)
    return [
        ("lambda x: [x[0] * x[1]]", [a, b], [[b, a]]),
        (f"lambda x: ({p} * x[0], x[0] * x[0], {q} - x[0])", [a], [[p], [2 * a], [-1]]),
        (
            f"lambda x: [x[0] * x[1] + {p} * x[2], x[2] / x[1]]",
            [a, b, c],
            [[b, a, p], [0, -c / b**2, 1 / b]],
        ),
        (
            "lambda x: [(x[0] * x[1]).tanh(), x[1].exp(), x[0] - x[1], x[1] ** 3]",
            [a, b],
            [[(1 - t * t) * b, (1 - t * t) * a], [0, math.exp(b)], [1, -1], [0, 3 * b * b]],
        ),
    ]


def matrix(rows, n):
    """Return the expected Jacobian as an array, also if it has no row."""
    return np.array(rows, dtype=float).reshape(len(rows), n)


def assert_jacobian(got, rows, n, rtol=1e-11):
    """Compare a Jacobian with the expected rows."""
    assert_close(got, matrix(rows, n), rtol=rtol, atol=1e-13)


def test_forward_on_paper(solution, rng):
    """The example of the lesson, forward: ((4, 3), (1, 2), (0, 0)), and at other numbers."""
    f = solution.fn(SMALL)
    assert_jacobian(solution.jacobian_forward(f, [3.0, 4.0]), [[4, 3], [1, 2], [0, 0]], 2)
    a, b = draw(rng, 2)
    assert_jacobian(solution.jacobian_forward(f, [a, b]), [[b, a], [1, 2], [0, 0]], 2)


def test_reverse_on_paper(solution, rng):
    """Reverse mode gives one row per result: ((4, 3), (1, 2)) for a · b and a + 2 b at 3 and 4."""
    f = solution.fn("lambda x: [x[0] * x[1], x[0] + 2 * x[1]]")
    assert_jacobian(solution.jacobian_reverse(f, [3.0, 4.0]), [[4, 3], [1, 2]], 2)
    a, b = draw(rng, 2)
    assert_jacobian(solution.jacobian_reverse(f, [a, b]), [[b, a], [1, 2]], 2)


@points(4)
def test_forward_columns(solution, rng):
    """jacobian_forward has one row per result and one column per input."""
    for _ in range(2):
        for text, xs, rows in functions(rng):
            assert_jacobian(solution.jacobian_forward(solution.fn(text), xs), rows, len(xs))


@points(2)
def test_reverse_of_one_result(solution, rng):
    """For one result, jacobian_reverse is its gradient as one row, over all paths of the graph."""
    a, b, c = draw(rng, 3)
    s = a * b
    cases = [
        ("lambda x: [x[0] * x[1]]", [a, b], [b, a]),
        ("lambda x: [x[0] * x[0] + x[0]]", [a], [2 * a + 1]),
        (
            "lambda x: (lambda s: [s * s + s * x[2]])(x[0] * x[1])",
            [a, b, c],
            [(2 * s + c) * b, (2 * s + c) * a, s],
        ),
    ]
    for text, xs, row in cases:
        assert_jacobian(solution.jacobian_reverse(solution.fn(text), xs), [row], len(xs))


@points(5)
def test_reverse_rows(solution, rng):
    """Each row of jacobian_reverse is the gradient of one result, without that of the others."""
    for _ in range(2):
        for text, xs, rows in functions(rng):
            assert_jacobian(solution.jacobian_reverse(solution.fn(text), xs), rows, len(xs))


@points(2)
def test_reverse_of_constants(solution, rng):
    """In reverse mode, a result that is a plain number has a row of zeros."""
    a, b = draw(rng, 2)
    for text, rows in (
        ("lambda x: [x[0] * x[1], x[0]]", [[b, a], [1, 0]]),
        ("lambda x: [x[0] * x[1], 5.0]", [[b, a], [0, 0]]),
        ("lambda x: (2, x[1] * x[1], 0.5, x[0] + x[1])", [[0, 0], [0, 2 * b], [0, 0], [1, 1]]),
        ("lambda x: [7]", [[0, 0]]),
    ):
        assert_jacobian(solution.jacobian_reverse(solution.fn(text), [a, b]), rows, 2)


@points(2)
def test_results_that_are_inputs(solution, rng):
    """A result may be an input itself, or appear twice, in both modes."""
    a, b = map(abs, draw(rng, 2))
    f = solution.fn("lambda x: (lambda s: [x[1], s, s, x[0], x[1]])((3 * x[0] - 2 * x[1]).exp())")
    s = math.exp(3 * a - 2 * b)
    rows = [[0, 1], [3 * s, -2 * s], [3 * s, -2 * s], [1, 0], [0, 1]]
    for jacobian in (solution.jacobian_forward, solution.jacobian_reverse):
        assert_jacobian(jacobian(f, [a, b]), rows, 2)


@points(2)
def test_rows_of_very_different_sizes(solution, rng):
    """A row of 1e20 does not disturb the rows after it, in both modes."""
    a, b = draw(rng, 2)
    f = solution.fn("lambda x: [1e20 * x[0] * x[1], x[0] * x[1], 1e-12 * x[1], x[0]]")
    rows = [[1e20 * b, 1e20 * a], [b, a], [0, 1e-12], [1, 0]]
    for jacobian in (solution.jacobian_reverse, solution.jacobian_forward):
        assert_close(jacobian(f, [a, b]), matrix(rows, 2), rtol=1e-11)


def test_integers_and_arrays(solution, rng):
    """xs may be a list, tuple or array, of integers too; the result has floats, and xs stays."""
    k, m = (int(v) for v in rng.choice(np.arange(2, 9), 2, replace=False))
    f = solution.fn("lambda x: [x[0] / x[1], 0.5 * x[1], x[0] * x[1]]")
    rows = [[1 / m, -k / m**2], [0, 0.5], [m, k]]
    for jacobian in (solution.jacobian_forward, solution.jacobian_reverse):
        for xs in ([k, m], (k, m), np.array([k, m]), np.array([k, m], dtype=float)):
            before = xs.copy() if isinstance(xs, np.ndarray) else xs
            assert_jacobian(jacobian(f, xs), rows, 2)
            assert_unchanged(xs, before, "xs")


def counting(rng):
    """Return (text, inputs, Jacobian) with N and M drawn, different from each other."""
    cases = []
    for _ in range(2):
        n, m = (int(v) for v in rng.choice(np.arange(2, 7), 2, replace=False))
        weights = rng.integers(1, 9, (m, n)).astype(float)
        text = f"lambda x: [sum(w * v for w, v in zip(row, x)) for row in {weights.tolist()}]"
        cases.append((text, draw(rng, n), weights))
    return [("lambda x: [x[0] * x[1] * x[2]]", [1.0, 2.0, 4.0], np.array([[8.0, 4, 2]])), *cases]


def reports(report, parts):
    """Return what a probe observed, if it has that many parts."""
    if type(report) is not list or len(report) != parts:
        raise CheckFailed("a Jacobian was expected", rung="type")
    return report


@points(3)
def test_forward_counts(solution, rng):
    """jacobian_forward calls f once per input, with dual numbers."""
    for text, xs, expected in counting(rng):
        report = solution.probe.forward_calls(solution.fn(text), xs)
        got, calls, kinds = reports(report, 3)
        assert_close(got, expected, rtol=1e-11, atol=1e-12)
        assert_equal(kinds, ["Dual"])
        assert_equal(calls, len(xs))


@points(3)
def test_reverse_counts(solution, rng):
    """jacobian_reverse calls f once, with Values, and starts at most one pass per result."""
    for text, xs, expected in counting(rng):
        report = solution.probe.reverse_calls(solution.fn(text), xs)
        got, calls, kinds, passes = reports(report, 4)
        assert_close(got, expected, rtol=1e-11, atol=1e-12)
        assert_equal(kinds, ["Value"])
        assert_equal(calls, 1)
        if type(passes) is not list or len(passes) != len(expected):
            raise CheckFailed("one backward pass per result was expected", rung="value")
        for count in passes:
            assert 1 <= count <= len(expected), (
                f"{count} backward passes came through one result, and there are {len(expected)}"
            )


@points(3)
def test_cheaper_mode(solution, rng):
    """cheaper_mode is "forward" for fewer inputs than results or as many, else "reverse"."""
    few, more = sorted(int(v) for v in rng.choice(np.arange(1, 40), 2, replace=False))
    cases = [
        (200, 1, "reverse"),
        (1, 200, "forward"),
        (2, 3, "forward"),
        (3, 2, "reverse"),
        (few, more, "forward"),
        (more, few, "reverse"),
        (more, more, "forward"),
        (1, 1, "forward"),
    ]
    for index in [0, 1, *rng.permutation(len(cases)).tolist()]:
        n, m, expected = cases[index]
        assert_equal(solution.cheaper_mode(n, m), expected)
