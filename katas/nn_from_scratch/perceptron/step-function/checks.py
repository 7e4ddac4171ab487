"""Hidden checks of the kata step-function."""

import numpy as np

from nnkata.testing import assert_close, assert_equal, assert_unchanged, points


def exact_step(x, at_zero=1):
    """Decide number by number, without NumPy."""
    x = np.asarray(x)
    answers = [at_zero if number == 0 else int(number > 0) for number in x.ravel().tolist()]
    return np.array(answers, dtype=np.int64).reshape(x.shape)


def assert_answers(got, expected):
    """Compare shape and values; for one number, any kind of integer will do."""
    expected = np.asarray(expected)
    if expected.ndim == 0 and isinstance(got, int):
        got = np.int64(got)
    assert_close(got, expected, dtype=False)


def numbers_on_both_sides(rng, shape):
    """Draw numbers that are not 0, on both sides of it."""
    numbers = rng.uniform(0.1, 3.0, shape) * rng.choice([-1.0, 1.0], shape)
    numbers.flat[:2] = [0.25, -0.25]
    return numbers


@points(2)
def test_is_one_above_zero_and_zero_below(solution, rng):
    """step gives 1 for each number above 0, and 0 for each number below 0."""
    assert_answers(solution.step(np.float64(3.0)), 1)
    assert_answers(solution.step(np.float64(-2.0)), 0)
    for x in (np.array([-2.0, 0.5, 3.0]), numbers_on_both_sides(rng, 7)):
        assert_answers(solution.step(x), exact_step(x))
    for tiny in (0.001, 1e-300):
        x = np.array([-tiny, tiny])
        assert_answers(solution.step(x), [0, 1])


@points(3)
def test_at_zero_is_the_answer_at_zero(solution, rng):
    """At exactly 0, step gives at_zero: 1 unless the caller passes 0."""
    x = np.array([-2.0, 0.0, 0.5])
    assert_answers(solution.step(x, 0), [0, 0, 1])
    assert_answers(solution.step(x, 1), [0, 1, 1])
    assert_answers(solution.step(x), [0, 1, 1])
    x = numbers_on_both_sides(rng, 8)
    x[rng.permutation(8)[:4]] = [0.0, -0.0, 0.0, -0.0]
    for at_zero in (0, 1):
        got = solution.step(x, at_zero=at_zero)
        assert_answers(got, exact_step(x, at_zero))


@points(2)
def test_returns_integers(solution, rng):
    """The answers are integers (int64), for floats, for integers and for bools."""
    x = np.array([-2.0, 0.5, 3.0])
    assert_equal(solution.step(x), exact_step(x))
    for kind in (np.float32, np.int64, np.bool):
        x = rng.integers(1, 5, 4).astype(kind)
        assert_equal(solution.step(x), exact_step(x))
    x = numbers_on_both_sides(rng, 20)
    for numbers in (x, np.sign(x).astype(np.int64)):
        assert_equal(solution.step(numbers), exact_step(numbers))
    assert_equal(solution.step(np.empty(0)), np.empty(0, np.int64))


def test_keeps_the_shape(solution, rng):
    """The result has the shape of x: a table stays a table, an empty array stays empty."""
    x = np.array([-2.0, 0.5])
    assert_answers(solution.step(x), exact_step(x))
    for shape in ((2, 3), (1, 4), (4, 1), (2, 1, 3)):
        x = numbers_on_both_sides(rng, shape)
        assert_answers(solution.step(x), exact_step(x))
    for shape in ((1,), (0,), (0, 3)):
        x = np.full(shape, 0.5)
        assert_answers(solution.step(x), exact_step(x))


def test_takes_one_number_or_a_list(solution, rng):
    """step works for one number and for a list as well as for an array."""
    x = np.array([-0.5, 0.5])
    assert_answers(solution.step(x), exact_step(x))
    for x in (0.5, -0.5, 3, -3):
        assert_answers(solution.step(x), exact_step(x))
    for x in ([-2.0, 1.0, 0.5], [[-1, 4], [2, 3]], numbers_on_both_sides(rng, 5).tolist()):
        assert_answers(solution.step(x), exact_step(x))


def test_decides_at_the_ends_of_the_floats(solution, rng):
    """step gives 1 for inf, 0 for -inf, and 0 for nan, which is not above 0."""
    x = np.array([np.inf, -np.inf, 1.0])
    assert_answers(solution.step(x), [1, 0, 1])
    x = np.array([1.0, np.nan, -1.0, np.nan])
    for at_zero in (0, 1):
        assert_answers(solution.step(x, at_zero=at_zero), [1, 0, 0, 0])
    x = rng.permutation([np.inf, -np.inf, np.nan, 1.0, -1.0] * 4)
    for at_zero in (0, 1):
        assert_answers(solution.step(x, at_zero=at_zero), exact_step(x, at_zero))


def test_leaves_its_argument_alone(solution, rng):
    """The array that is passed in is the same afterwards."""
    x = np.array([-2.0, 0.5, 3.0])
    for before in (x, numbers_on_both_sides(rng, (2, 3)), rng.integers(1, 5, 4)):
        x = before.copy()
        got = solution.step(x)
        assert_unchanged(x, before)
        assert_answers(got, exact_step(before))
