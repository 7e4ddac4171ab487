"""Hidden checks of the kata temperature."""

import math

import numpy as np

from nnkata.testing import assert_close, assert_unchanged, points, raises


def exact(z, temperature, axis=-1):
    """Soften by Python floats, line by line, without a softmax."""

    def line(scores):
        top = max(scores)
        terms = [math.exp((s - top) / temperature) for s in scores]
        return np.array([t / math.fsum(terms) for t in terms])

    return np.apply_along_axis(lambda s: line([float(x) for x in s]), axis, np.asarray(z))


@points(2)
def test_divides_the_scores(solution, rng):
    """soften gives the softmax of the scores divided by the temperature."""
    for temperature in (0.5, 1.0, 3.0):
        for n, c in ((5, 3), (1, 4)):
            z = rng.normal(0, 2, (n, c))
            assert_close(solution.soften(z, temperature), exact(z, temperature))


def test_works_along_any_axis(solution, rng):
    """soften works along the axis that is asked for."""
    z = rng.normal(0, 2, (2, 3, 4))
    for axis in (0, 1, -1):
        assert_close(solution.soften(z, 2.0, axis=axis), exact(z, 2.0, axis))


def test_brings_back_what_softmax_would_round_away(solution, rng):
    """A high temperature shows classes whose probability without it would be too small."""
    z = np.array([[0.0, 1000.0, 500.0]]) + rng.normal(0, 1, (1, 3))
    assert_close(solution.soften(z, 1000.0), exact(z, 1000.0))


@points(2)
def test_refuses_temperatures_that_are_not_above_zero(solution, rng):
    """A temperature of 0 or below, or nan, raises ValueError."""
    z = rng.normal(0, 2, (1, 2))
    assert_close(solution.soften(z, 1.0), exact(z, 1.0))
    for temperature in (-1.0, 0.0, float("nan")):
        with raises(ValueError):
            solution.soften(z, temperature)


def test_keeps_the_precision_it_is_given(solution, rng):
    """Floats keep their dtype; integers are converted to float64."""
    z = rng.normal(0, 2, (4, 3)).astype(np.float32)
    assert_close(solution.soften(z, 2.0), exact(z, 2.0).astype(np.float32), rtol=1e-5)
    integers = rng.integers(-3, 4, (2, 3))
    assert_close(solution.soften(integers, 2.0), exact(integers, 2.0))


def test_leaves_its_argument_alone(solution, rng):
    """The array that is passed in is the same afterwards."""
    z = rng.normal(0, 2, (3, 4))
    before = z.copy()
    got = solution.soften(z, 2.0)
    assert_close(got, exact(before, 2.0))
    assert_unchanged(z, before)
