"""Hidden checks of the kata softmax."""

import math

import numpy as np

from nnkata.testing import (
    assert_close,
    assert_unchanged,
    points,
)


def exact_softmax(z, axis=-1):
    """Compute softmax row by row with Python floats, without numpy's exp."""

    def row(scores):
        top = max(scores)
        terms = [math.exp(s - top) for s in scores]
        return np.array([t / math.fsum(terms) for t in terms])

    return np.apply_along_axis(lambda s: row([float(x) for x in s]), axis, np.asarray(z))


def moved(rng, scores, dtype=np.float64):
    """Return scores that are moved by less than half each, so that no table holds the answer."""
    scores = np.array(scores)
    return (scores + rng.uniform(-0.5, 0.5, scores.shape)).astype(dtype)


EXACT = {
    "softmax": exact_softmax,
    "log_softmax": lambda z: np.log(exact_softmax(z)),
    "logsumexp": lambda z: np.log(np.exp(z).sum(axis=-1)),
}


def test_gives_probabilities(solution, rng):
    """softmax turns each row of scores into probabilities that are positive and add up to 1."""
    z = np.array([[0.0, 1.0, 2.0]])
    assert_close(solution.softmax(z), exact_softmax(z))
    for n, c in ((5, 3), (1, 4), (4, 4), (3, 1)):
        z = rng.normal(0, 2, (n, c))
        got = solution.softmax(z)
        assert_close(got, exact_softmax(z))
        assert_close(got.sum(axis=1), np.ones(n), rtol=1e-12)


def test_works_for_moderate_scores(solution, rng):
    """softmax gives the right probabilities for moderate scores, such as 500."""
    for z in ([[499.0, 498.0, 497.0]], [[400.0, 0.0, -300.0]]):
        z = moved(rng, z)
        assert_close(solution.softmax(z), exact_softmax(z))


@points(2)
def test_survives_large_scores(solution, rng):
    """softmax gives the right probabilities for scores of 1000 and of -1000."""
    for z in ([[0.0, 1000.0]], [[1010.0, 1000.0, 990.0]], [[-1010.0, -1000.0, -990.0]]):
        z = moved(rng, z)
        assert_close(solution.softmax(z), exact_softmax(z))


@points(9)
def test_treats_each_row_alone(solution, rng):
    """The probabilities of a row do not depend on the other rows, however far apart they are."""
    z = np.array([[0.0, 1.0, 2.0], [1000.0, 1001.0, 1002.0]])
    assert_close(solution.softmax(z), exact_softmax(z))
    for gap in (700.0, 720.0, 740.0, 744.0, 746.0, 10000.0):
        z = moved(rng, [[0.0, 1.0]]) + np.array([[0.0], [gap]])
        assert_close(solution.softmax(z), exact_softmax(z))


@points(3)
def test_treats_each_row_alone_in_float32(solution, rng):
    """In float32, where exp(-100) has hardly a digit left, a row does not depend on the others."""
    for gap in (100.0, 120.0):
        z = (moved(rng, [[0.0, 1.0]]) + np.array([[0.0], [gap]])).astype(np.float32)
        assert_close(solution.softmax(z), exact_softmax(z).astype(np.float32), rtol=1e-5)


@points(4)
def test_is_the_same_for_shifted_scores(solution, rng):
    """Adding the same number to all scores of a row does not change its probabilities."""
    z = rng.integers(-8, 8, (4, 3)).astype(float)
    before = exact_softmax(z)
    assert_close(solution.softmax(z), before)
    for shift in (1.0, -50.0, 10000.0):
        assert_close(solution.softmax(z + shift), before)
    shifts = np.array([[0.0], [800.0], [-3000.0], [10000.0]])
    assert_close(solution.softmax(z + shifts), before)


def test_survives_scores_far_apart_in_one_row(solution, rng):
    """softmax gives the right probabilities when two scores of one row are 3000 apart."""
    for z in ([[0.0, 3000.0]], [[-1500.0, 0.0, 1500.0]], [[3000.0, 2999.0, -3000.0]]):
        z = moved(rng, z)
        assert_close(solution.softmax(z), exact_softmax(z))


def test_works_along_any_axis(solution, rng):
    """softmax works for a single row, for stacks of batches, and along the axis that is passed."""
    z = rng.normal(0, 2, 5)
    assert_close(solution.softmax(z), exact_softmax(z))
    z = rng.normal(0, 2, (2, 3, 4))
    assert_close(solution.softmax(z), exact_softmax(z))
    for axis in (0, 1, 2, -2):
        assert_close(solution.softmax(z, axis=axis), exact_softmax(z, axis))


def test_gives_zero_for_minus_infinity(solution, rng):
    """A score of -inf gets a probability of exactly 0, and the others share the rest."""
    z = np.array([[0.0, -np.inf, 0.0], [-np.inf, 3.0, -np.inf]])
    assert_close(solution.softmax(z), np.array([[0.5, 0.0, 0.5], [0.0, 1.0, 0.0]]))
    z = moved(rng, z)
    assert_close(solution.softmax(z), exact_softmax(z))


@points(2)
def test_log_softmax_keeps_what_softmax_rounds_away(solution, rng):
    """log_softmax is right even where the probability itself is too small for a float."""
    z = np.array([[0.0, 1000.0], [-2000.0, 0.0]])
    assert_close(solution.log_softmax(z), np.array([[-1000.0, 0.0], [-2000.0, 0.0]]))
    gap = float(rng.integers(2000, 4000))
    z = np.array([[0.0, gap]])
    assert_close(solution.log_softmax(z), np.array([[-gap, 0.0]]))


def test_log_softmax_is_the_logarithm_of_the_probabilities(solution, rng):
    """log_softmax gives log(softmax(z)) for scores of moderate size, along any axis."""
    z = np.array([[0.0, 1.0, 2.0]])
    assert_close(solution.log_softmax(z), np.log(exact_softmax(z)))
    z = rng.normal(0, 2, (5, 3))
    for axis in (-1, 0):
        expected = np.log(exact_softmax(z, axis))
        assert_close(solution.log_softmax(z, axis=axis), expected, rtol=1e-8, atol=1e-12)
    z = rng.normal(0, 2, (2, 3, 4))
    assert_close(solution.log_softmax(z), np.log(exact_softmax(z)), rtol=1e-8, atol=1e-12)
    expected = np.log(exact_softmax(z, 1))
    assert_close(solution.log_softmax(z, axis=1), expected, rtol=1e-8, atol=1e-12)


def test_log_softmax_of_minus_infinity(solution, rng):
    """A score of -inf gets the log-probability -inf, and the others share the rest."""
    z = moved(rng, [[0.0, -np.inf, 0.0], [-np.inf, 3.0, -np.inf]])
    expected = exact_softmax(z)
    expected[0, 1] = expected[1, 0] = expected[1, 2] = 1.0
    expected = np.log(expected)
    expected[0, 1] = expected[1, 0] = expected[1, 2] = -np.inf
    assert_close(solution.log_softmax(z), expected, finite=False)


def test_logsumexp_is_the_soft_maximum(solution, rng):
    """logsumexp gives log(sum(exp(z))) along the axis, with and without keepdims."""
    z = np.array([[0.0, 1.0, 2.0]])
    assert_close(solution.logsumexp(z), np.log(np.exp(z).sum(axis=1)))
    z = rng.normal(0, 2, (5, 3))
    for axis in (1, 0, -2):
        for keepdims in (False, True):
            expected = np.log(np.exp(z).sum(axis=axis, keepdims=keepdims))
            got = solution.logsumexp(z, axis=axis, keepdims=keepdims)
            assert_close(got, expected, atol=1e-12)
    z = rng.normal(0, 2, (3, 1, 4))
    assert_close(solution.logsumexp(z), np.log(np.exp(z).sum(axis=-1)), atol=1e-12)
    assert_close(solution.logsumexp(z, axis=1), z[:, 0], atol=1e-12)


@points(2)
def test_logsumexp_survives_scores_of_any_size(solution, rng):
    """logsumexp gives the right number for scores of 1000 and of -1000, each row alone."""
    z = np.array([[1000.0, 1000.0]])
    assert_close(solution.logsumexp(z), np.array([1000.0 + math.log(2)]))
    z = np.array([[1000.0, 1000.0], [-1000.0, -1000.0]])
    assert_close(solution.logsumexp(z), np.array([1000.0, -1000.0]) + math.log(2))
    top = float(rng.integers(2000, 4000))
    z = np.array([[0.0, top]])
    assert_close(solution.logsumexp(z), np.array([top]))


def test_keeps_the_precision_it_is_given(solution, rng):
    """Floats keep their dtype, and integers are converted to float64."""
    z = rng.normal(0, 2, (4, 3))
    for name in ("softmax", "log_softmax", "logsumexp"):
        function = getattr(solution, name)
        integers = np.array([[1, 2, 3], [3, 1, 0]])
        assert_close(function(integers), EXACT[name](integers))
        expected = EXACT[name](z).astype(np.float32)
        assert_close(function(z.astype(np.float32)), expected, rtol=1e-5, atol=1e-6)


def test_handles_empty_batches_and_single_rows(solution):
    """A batch with no rows gives an empty result, and a batch of one row gives one row."""
    assert_close(solution.softmax(np.array([[2.0]])), np.array([[1.0]]))
    assert_close(solution.softmax(np.empty((0, 3))), np.empty((0, 3)))
    assert_close(solution.log_softmax(np.empty((0, 3))), np.empty((0, 3)))
    assert_close(solution.logsumexp(np.empty((0, 3))), np.empty(0))


def test_leaves_its_argument_alone(solution, rng):
    """The array that is passed in does not change, and the result is a new array."""
    for name in ("softmax", "log_softmax", "logsumexp"):
        z = rng.normal(0, 2, (3, 4))
        before = z.copy()
        got = getattr(solution, name)(z)
        assert_close(got, EXACT[name](before))
        assert_unchanged(z, before)
        assert not solution.probe.shares_memory(name, z), "the result is a view of the argument"
