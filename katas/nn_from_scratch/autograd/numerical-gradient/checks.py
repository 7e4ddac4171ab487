"""Hidden checks of the kata numerical-gradient."""

import math
from contextlib import suppress

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_unchanged,
    fn,
    points,
    raises,
    shown,
)

SQUARES = fn("lambda v: float((v ** 2).sum())")
CUBES = fn("lambda v: float((v ** 3).sum())")
MIXED = fn("lambda v: float(v[0] * v[1] + 3 * v[1] ** 2 - v[2] * v[0])")


def quarters(rng, shape):
    """Draw numbers that floats hold exactly, so that the central difference is exact."""
    return rng.integers(-12, 13, shape) / 4


def assert_right_error(error, rng, column=False):
    """Fail unless relative_error is right for random numbers and a multiple of them."""
    factor = float(rng.uniform(2.0, 5.0))
    a = rng.uniform(1.0, 2.0, (3, 1) if column else 3)
    assert_close(error(a, factor * a), (factor - 1.0) / (factor + 1.0), rtol=1e-6)


def assert_same_bits(got, x):
    """Fail unless an array came back that is bit for bit x, -0.0 and 0.0 told apart."""
    assert_close(got, x, atol=np.inf)  # an array of its shape and dtype
    changed = np.ascontiguousarray(got).view(np.int64) != np.ascontiguousarray(x).view(np.int64)
    if changed.any():
        first = tuple(int(i) for i in np.argwhere(changed)[0])
        raise CheckFailed(
            f"x has changed in {int(changed.sum())} of {x.size} places, first at index "
            f"{list(first)}: {float(got[first])!r} instead of {float(x[first])!r}",
            got=shown(got),
            expected=f"unchanged: {shown(x)}",
            value=got,
        )


@points(2)
def test_measures_the_derivative_of_a_cube(solution, rng):
    """For x³ at 2 with h = 0.1 the result is (2.1³ - 1.9³) / 0.2 = 12.01."""
    assert_close(solution.numerical_gradient(CUBES, np.array([2.0]), h=0.1), np.array([12.01]))
    assert_close(solution.numerical_gradient(CUBES, np.array([2.0]), 0.5), np.array([12.25]))
    assert_close(solution.numerical_gradient(CUBES, np.array([-1.0]), h=0.5), np.array([3.25]))
    x = quarters(rng, 2)
    assert_close(solution.numerical_gradient(CUBES, x, h=0.5), 3 * x**2 + 0.25)


@points(4)
def test_measures_one_coordinate_at_a_time(solution, rng):
    """Each entry of the result is the derivative of f along its own coordinate alone."""
    for x in (np.array([1.0, -0.5, 2.0]), quarters(rng, 3), quarters(rng, 3)):
        expected = np.array([x[1] - x[2], x[0] + 6 * x[1], -x[0]])
        assert_close(solution.numerical_gradient(MIXED, x, h=0.25), expected, atol=1e-9)


@points(2)
def test_keeps_the_shape_of_x(solution, rng):
    """Each entry of the result is the derivative for that entry of x, in a matrix too."""
    for shape in ((4,), (2, 3), (2, 1, 3)):
        x = quarters(rng, shape)
        got = solution.numerical_gradient(SQUARES, x, h=0.25)
        assert_close(got, 2 * x, atol=1e-9)


def test_gives_f_a_point_of_the_shape_of_x(solution, rng):
    """f is called with arrays of the same shape as x."""
    for dimensions in (1, 2, 3):
        shape = tuple(int(n) for n in rng.integers(2, 6, dimensions))
        assert solution.probe.shapes_of_points(np.ones(shape)) == [shape]


@points(2)
def test_the_step_is_small_but_not_too_small(solution, rng):
    """By default f is called 1e-5 away from x, and exp at 1 has its derivative to 9 digits."""
    assert solution.probe.kinds_of_points(np.array([0.5, -0.25])) == ["float64"]
    assert solution.probe.default_step(np.array([0.5, -0.25])) == "about 1e-05"
    exp = fn("lambda v: float(np.exp(v).sum())")
    for x in (np.array([1.0]), rng.uniform(0.0, 1.0, 2)):
        assert_close(solution.numerical_gradient(exp, x), np.exp(x), rtol=0, atol=1e-9)


@points(2)
def test_takes_the_step_it_is_given(solution, rng):
    """h is the step, however large x is: for a sum of cubes the result is 3x² + h²."""
    far = np.array([64.0, -4096.0])
    for x in (np.array([3.0]), np.array([-4.0, 0.0, 2.0]), far, quarters(rng, 3)):
        assert_close(solution.numerical_gradient(CUBES, x, h=0.5), 3 * x**2 + 0.25)
    for h in (0.5, 0.125, 2.0**-10):
        assert_close(solution.numerical_gradient(CUBES, np.zeros(1), h), np.array([h * h]))
        assert_close(solution.numerical_gradient(CUBES, np.zeros(1), h=h), np.array([h * h]))


@points(2)
def test_computes_integers_in_float64(solution, rng):
    """Integers become float64 before they are moved, and the result is float64 too."""
    f = fn("lambda v: float(0.75 * (v ** 2).sum())")
    floats = np.array([1.0, -3.0])
    assert_close(solution.numerical_gradient(f, floats, h=0.5), 1.5 * floats, atol=1e-9)
    assert solution.probe.kinds_of_points(np.array([1, -3])) == ["float64"]
    assert solution.probe.kinds_of_points([2, 5]) == ["float64"]
    odd = 2 * rng.integers(-5, 5, (2, 3)) + 1
    for x in (np.array([1, -3, 5]), odd, [1, 3], np.array([True, False])):
        expected = 1.5 * np.asarray(x, dtype=np.float64)
        assert_close(solution.numerical_gradient(f, x, h=0.5), expected, atol=1e-9)


@points(2)
def test_relative_error_is_that_of_the_worst_element(solution, rng):
    """relative_error gives the largest of |a - b| / (|a| + |b|), whichever of the two is larger."""
    error = solution.probe.error_between
    assert_close(error(np.array([1.0]), np.array([3.0])), 0.5, rtol=1e-6)
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
    assert_right_error(error, rng)
    assert_close(solution.relative_error(a, 3 * a), 0.5, rtol=1e-6)


def test_relative_error_has_a_floor(solution, rng):
    """The denominator is never below floor, so two numbers that are nearly 0 hardly differ."""
    error = solution.probe.error_between
    assert_close(error(np.array([1.0]), np.array([1.0])), 0.0)
    assert_close(error(np.array([1e-12]), np.array([0.0])), 1e-4)
    assert_close(error(np.zeros(2), np.zeros(2)), 0.0)
    assert_close(error(np.array([3.0]), np.array([1.0]), floor=8.0), 0.25)
    floor = float(rng.uniform(5.0, 20.0))
    assert_close(error(np.array([3.0]), np.array([1.0]), floor=floor), 2.0 / floor)


def test_relative_error_refuses_other_shapes(solution, rng):
    """relative_error raises a ValueError if the shapes differ, and does not broadcast."""
    error = solution.probe.error_between
    column = np.array([[1.0], [2.0], [3.0]])
    assert_close(error(column, column), 0.0)
    assert_right_error(error, rng, column=True)
    for a, b in ((column, column[:, 0]), (np.ones(3), np.ones(2)), (np.ones((2, 3)), np.ones(3))):
        with raises(ValueError):
            error(a, b)


def test_relative_error_of_empty_arrays_is_zero(solution, rng):
    """Two empty arrays do not differ: relative_error gives 0.0."""
    error = solution.probe.error_between
    assert_close(error(np.array([1.0]), np.array([1.0])), 0.0)
    for shape in ((0,), (0, 3)):
        assert_close(error(np.empty(shape), np.empty(shape)), 0.0)
    assert_right_error(error, rng)


def test_relative_error_is_nan_for_nan_and_infinity(solution, rng):
    """relative_error is nan if an array holds a nan or an infinity: it must not look like 0."""
    error = solution.probe.error_between
    assert_right_error(error, rng)
    for bad in (math.nan, math.inf, -math.inf):
        a, b = np.array([1.0, bad, 2.0]), np.array([1.0, 2.0, 2.0])
        assert_close(error(a, b), math.nan, finite=False)
        assert_close(error(b, a), math.nan, finite=False)
        assert_close(error(a, a), math.nan, finite=False)


def test_does_not_change_x(solution, rng):
    """After the call x is bit for bit what it was, however small its numbers are."""
    tiny = np.array([1e-12, -3e-300, 0.1, -0.0, 7e-9])
    for x in (tiny, rng.normal(size=(2, 3)) * 1e-9, np.array([2e-10])):
        assert_same_bits(solution.probe.x_after_a_call(x), x)
    before = tiny.copy()
    assert_close(solution.numerical_gradient(SQUARES, tiny, h=1e-5), 2 * before, atol=1e-9)
    assert_unchanged(tiny, before)


def test_relative_error_changes_neither_array(solution, rng):
    """relative_error only reads the two arrays."""
    for shape in ((3,), (2, 4)):
        a, b = rng.uniform(2.5, 4, shape), rng.uniform(1, 2, shape)
        expected = float(((a - b) / (a + b)).max())
        assert_close(solution.relative_error(a, b), expected, rtol=1e-12)
        assert_arguments_unchanged(a=a, b=b)


def test_does_not_change_x_while_f_runs(solution, rng):
    """x stays as it is while f runs, if f raises an exception, and if f writes to its point."""
    x = rng.uniform(1.0, 3.0, (2, 2))
    assert_close(solution.probe.farthest_of_x_while_f_runs(x, 0.25), 0.0)
    for call in (1, 2, 5):
        assert_same_bits(solution.probe.x_after_f_raises(x, call), x)
    before = x.copy()
    overwrites = fn("lambda v: float(np.asarray(v).fill(7.0) or 0.0)")
    with suppress(ValueError):  # a point that f may only read is a good protection
        solution.numerical_gradient(overwrites, x)
    assert_unchanged(x, before)


def test_calls_f_twice_per_coordinate(solution, rng):
    """f may be slow: it is called at most twice per number in x, and once more."""
    for size in (rng.integers(10, 20), rng.integers(20, 40), rng.integers(40, 80)):
        x = np.ones(size)
        calls = solution.probe.calls(x)
        assert 2 * x.size <= calls <= 2 * x.size + 1, f"{calls} calls for {x.size} numbers"


def test_computes_float32_in_float64(solution, rng):
    """A float32 array becomes float64 before it is moved: float32 has no room for a small step."""
    x = quarters(rng, 4)
    assert_close(solution.numerical_gradient(SQUARES, x, h=0.25), 2 * x, atol=1e-9)
    single = x.astype(np.float32)
    assert solution.probe.kinds_of_points(single) == ["float64"]
    assert_close(solution.numerical_gradient(SQUARES, single, h=0.25), 2 * x, atol=1e-9)


def test_works_for_a_single_number_and_for_none(solution, rng):
    """x may be 0-d, a plain number, or empty; the result has its shape."""
    for x in (np.array(1.5), np.array(float(quarters(rng, ())) + 4.0), 2.5):
        got = solution.numerical_gradient(SQUARES, x, h=0.25)
        got = np.array(got) if isinstance(got, np.float64) else got
        assert_close(got, np.array(2.0 * x), atol=1e-9)
    assert solution.probe.shapes_of_points(np.array(1.0)) == [()]
    for shape in ((0,), (0, 3)):
        assert_close(solution.numerical_gradient(SQUARES, np.empty(shape)), np.empty(shape))


def test_works_for_a_transposed_x(solution, rng):
    """A transposed matrix, which is stored column by column, is measured like any other."""
    for shape in ((3, 2), (2, 4)):
        x = quarters(rng, shape)
        assert_close(solution.probe.gradient_of_squares(x), 2 * x, atol=1e-9)
        assert_close(solution.probe.gradient_of_squares(x, "F"), 2 * x, atol=1e-9)
