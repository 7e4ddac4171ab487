"""Hidden checks of the kata numerical-gradient."""

import math

import numpy as np

from nnkata.testing import assert_close, assert_unchanged, fn, points, raises

SQUARES = fn("lambda v: float((v ** 2).sum())")
CUBES = fn("lambda v: float((v ** 3).sum())")
MIXED = fn("lambda v: float(v[0] * v[1] + 3 * v[1] ** 2 - v[2] * v[0])")


def quarters(rng, shape):
    """Draw numbers that floats hold exactly, so that a quadratic has its exact slope."""
    return rng.integers(-12, 13, shape) / 4


@points(3)
def test_measures_one_coordinate_at_a_time(solution, rng):
    """Each entry of the result is the slope of f along its own coordinate alone."""
    for x in (np.array([1.0, -0.5, 2.0]), quarters(rng, 3), quarters(rng, 3)):
        expected = np.array([x[1] - x[2], x[0] + 6 * x[1], -x[0]])
        assert_close(solution.numerical_gradient(MIXED, x, h=0.25), expected, atol=1e-9)


def test_keeps_the_shape_of_x(solution, rng):
    """The result has the shape of x: a vector, a matrix, a stack, a single number, or empty."""
    for shape in ((4,), (2, 3), (2, 1, 3), (), (0,), (0, 3)):
        x = np.array(quarters(rng, shape))
        got = solution.numerical_gradient(SQUARES, x, h=0.25)
        assert_close(got, np.array(2 * x), atol=1e-9)
    assert_close(solution.numerical_gradient(SQUARES, 2.5, h=0.25), np.array(5.0), atol=1e-9)


def test_measures_what_lies_in_columns_too(solution, rng):
    """A transposed matrix, which lies in memory column by column, gets its slopes as well."""
    for shape in ((3, 2), (2, 4)):
        x = quarters(rng, shape)
        assert_close(solution.probe.slopes_of_squares(x), 2 * x, atol=1e-9)
        assert_close(solution.probe.slopes_of_squares(x, "F"), 2 * x, atol=1e-9)


def test_gives_f_a_point_of_the_shape_of_x(solution):
    """f is called with arrays of the same shape as x."""
    for shape in ((3,), (2, 3), (2, 1, 3), ()):
        assert solution.probe.shapes_of_points(np.ones(shape)) == [shape]


@points(2)
def test_the_step_is_small_but_not_too_small(solution):
    """f is asked at float64 points 1e-5 away, and the slope of exp at 1 is right to 9 digits."""
    assert solution.probe.kinds_of_points(np.array([0.5, -0.25])) == ["float64"]
    assert solution.probe.step_by_default(np.array([0.5, -0.25])) == "about 1e-05"
    exp = fn("lambda v: float(np.exp(v).sum())")
    for x in (np.array([1.0]), np.array([0.0, 1.0])):
        assert_close(solution.numerical_gradient(exp, x), np.exp(x), rtol=0, atol=1e-9)


def test_takes_the_step_it_is_given(solution):
    """The parameter h is the step: for the sum of cubes at 0 the formula gives h squared."""
    for h in (0.5, 0.125, 2.0**-10):
        assert_close(solution.numerical_gradient(CUBES, np.zeros(1), h), np.array([h * h]))
        assert_close(solution.numerical_gradient(CUBES, np.zeros(1), h=h), np.array([h * h]))


@points(2)
def test_computes_whole_numbers_in_float64(solution, rng):
    """Whole numbers become float64 before they are moved, and the slopes are float64 too."""
    f = fn("lambda v: float(0.75 * (v ** 2).sum())")
    floats = np.array([1.0, -3.0])
    assert_close(solution.numerical_gradient(f, floats, h=0.5), 1.5 * floats, atol=1e-9)
    assert solution.probe.kinds_of_points(np.array([1, -3])) == ["float64"]
    assert solution.probe.kinds_of_points([2, 5]) == ["float64"]
    odd = 2 * rng.integers(-5, 5, (2, 3)) + 1
    for x in (np.array([1, -3, 5]), odd, [1, 3], np.array([True, False])):
        expected = 1.5 * np.asarray(x, dtype=np.float64)
        assert_close(solution.numerical_gradient(f, x, h=0.5), expected, atol=1e-9)


def test_computes_single_precision_in_float64(solution, rng):
    """A float32 array becomes float64 before it is moved: float32 has no room for a small step."""
    x = quarters(rng, 4)
    assert_close(solution.numerical_gradient(SQUARES, x, h=0.25), 2 * x, atol=1e-9)
    single = x.astype(np.float32)
    assert solution.probe.kinds_of_points(single) == ["float64"]
    assert_close(solution.numerical_gradient(SQUARES, single, h=0.25), 2 * x, atol=1e-9)


@points(2)
def test_leaves_every_bit_of_x_alone(solution, rng):
    """Afterwards x is bit for bit what it was, however small its numbers are."""
    tiny = np.array([1e-12, -3e-300, 0.1, -0.0, 7e-9])
    for x in (tiny, rng.normal(size=(2, 3)) * 1e-9, np.array(2e-10)):
        assert solution.probe.x_after_a_call(x) == "the same"
    before = tiny.copy()
    solution.numerical_gradient(SQUARES, tiny)
    assert_unchanged(tiny, before)


def test_does_not_move_x_even_for_a_moment(solution):
    """x stays as it is while f runs, when f raises an error, and when f changes its argument."""
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    assert solution.probe.x_while_f_runs(x) == "the same"
    for call in (1, 2, 5):
        assert solution.probe.x_after_f_raises(x, call) == "the same"
    before = x.copy()
    overwrites = fn("lambda v: float(np.asarray(v).fill(7.0) or 0.0)")
    solution.numerical_gradient(overwrites, x)
    assert_unchanged(x, before)


def test_calls_f_twice_a_coordinate(solution):
    """f is called exactly twice for each number in x, since f may be slow."""
    for shape in ((3, 4), (5,), (), (0,)):
        x = np.ones(shape)
        assert solution.probe.calls(x) == 2 * x.size


@points(2)
def test_relative_error_is_that_of_the_worst_element(solution, rng):
    """relative_error gives the largest of |a - b| / (|a| + |b|), whichever of the two is larger."""
    error = solution.probe.error_between
    a, b = np.array([1.0, 2.0, 4.0]), np.array([1.01, 2.0, 4.0])
    assert_close(error(a, b), 0.01 / 2.01, rtol=1e-6)
    assert_close(error(b, a), 0.01 / 2.01, rtol=1e-6)
    assert_close(error(np.array([1.0]), np.array([-1.0])), 1.0, rtol=1e-6)
    assert_close(error(np.array([[3.0], [0.0]]), np.array([[3.0], [2.0]])), 1.0, rtol=1e-6)
    a = rng.normal(size=(2, 3)) + 5
    assert_close(error(a, a), 0.0)
    assert_close(error(a, 3 * a), 0.5, rtol=1e-6)
    assert_close(error([1, 2], [1, 3]), 0.2, rtol=1e-6)
    assert_close(error(2.0, 6.0), 0.5, rtol=1e-6)
    assert_close(solution.relative_error(a, 3 * a), 0.5, rtol=1e-6)


def test_relative_error_has_a_floor(solution):
    """The divisor is never below floor, so that two numbers that are nearly 0 are not far apart."""
    error = solution.probe.error_between
    assert_close(error(np.array([1.0]), np.array([1.0])), 0.0)
    assert_close(error(np.array([1e-12]), np.array([0.0])), 1e-4)
    assert_close(error(np.zeros(2), np.zeros(2)), 0.0)
    assert_close(error(np.array([3.0]), np.array([1.0]), floor=8.0), 0.25)


def test_relative_error_refuses_other_shapes(solution):
    """relative_error raises a ValueError when the shapes differ, and compares nothing."""
    error = solution.probe.error_between
    column = np.array([[1.0], [2.0], [3.0]])
    assert_close(error(column, column), 0.0)
    for a, b in ((column, column[:, 0]), (np.ones(3), np.ones(2)), (np.ones((2, 3)), np.ones(3))):
        with raises(ValueError):
            error(a, b)


def test_relative_error_of_nothing_is_zero(solution):
    """Two empty arrays do not differ: relative_error gives 0.0."""
    error = solution.probe.error_between
    assert_close(error(np.array([1.0]), np.array([1.0])), 0.0)
    for shape in ((0,), (0, 3)):
        assert_close(error(np.empty(shape), np.empty(shape)), 0.0)
    got = error(np.array([3.0]), np.array([1.0]))
    assert_close(got, 0.0, atol=np.inf)
    assert got != 0.0, "3.0 and 1.0 do differ"


def test_relative_error_shows_what_is_not_finite(solution):
    """relative_error is nan when an array holds a nan or an infinity: it must not look like 0."""
    error = solution.probe.error_between
    assert_close(error(np.array([1.0, 2.0]), np.array([1.0, 2.0])), 0.0)
    for bad in (math.nan, math.inf, -math.inf):
        a, b = np.array([1.0, bad, 2.0]), np.array([1.0, 2.0, 2.0])
        assert_close(error(a, b), math.nan)
        assert_close(error(b, a), math.nan)
        assert_close(error(a, a), math.nan)
