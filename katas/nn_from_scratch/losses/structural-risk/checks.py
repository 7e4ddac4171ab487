"""Hidden checks of the kata structural-risk."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    central_difference,
    points,
    raises,
)

W = np.array([[1.0, -2.0], [0.0, 3.0]])
"""The example of the lesson: the squares add up to 14."""
SIZES = (((1, 4),), ((4, 1), (2, 3)), ((5, 3), (3, 6), (6, 2)))


def exact_penalty(weights, lam):
    """Compute the penalty with Python floats."""
    return lam / 2 * math.fsum(w * w for array in weights for w in array.ravel().tolist())


def draw(rng, sizes):
    """Draw one matrix per size."""
    return [rng.normal(size=size) for size in sizes]


def one_gradient(solution, rng):
    """Compare the gradient for one matrix, before a check asks for something else."""
    weights, lam = draw(rng, ((2, 3),)), float(rng.uniform(0.1, 2.0))
    assert_close(solution.l2_penalty_grads(weights, lam), [lam * weights[0]])


@points(4)
def test_penalty_of_one_matrix(solution, rng):
    """l2_penalty is lam / 2 times the sum of the squares of all entries."""
    assert_close(solution.l2_penalty([W], 0.1), 0.7)
    for size in ((1, 1), (1, 4), (3, 3), (5, 2)):
        weights, lam = draw(rng, (size,)), float(rng.uniform(0.1, 3.0))
        assert_close(solution.l2_penalty(weights, lam), exact_penalty(weights, lam))


@points(3)
def test_penalty_of_several_matrices(solution, rng):
    """l2_penalty adds up the squares of all matrices of the list, whatever their sizes are."""
    assert_close(solution.l2_penalty([W, W], 0.1), 1.4)
    for sizes in SIZES[1:]:
        weights, lam = draw(rng, sizes), float(rng.uniform(0.1, 3.0))
        assert_close(solution.l2_penalty(weights, lam), exact_penalty(weights, lam))


@points(3)
def test_gradients(solution, rng):
    """l2_penalty_grads is a list with lam W for each matrix W: the derivatives of the penalty."""
    assert_close(solution.l2_penalty_grads([W], 0.1), [np.array([[0.1, -0.2], [0.0, 0.3]])])
    for sizes in SIZES:
        weights, lam = draw(rng, sizes), float(rng.uniform(0.1, 3.0))
        got = solution.l2_penalty_grads(weights, lam)
        assert_close(got, [lam * array for array in weights])
        for gradient, array in zip(got, weights, strict=True):
            measured = central_difference(lambda v, lam=lam: exact_penalty([v], lam), array)
            assert_close(gradient, measured, rtol=1e-6, atol=1e-8)


@points(5)
def test_structural_risk(solution, rng):
    """structural_risk is the empirical risk plus the penalty."""
    assert_close(solution.structural_risk(0.5, [W], 0.1), 1.2)
    for sizes in SIZES:
        weights, lam = draw(rng, sizes), float(rng.uniform(0.1, 3.0))
        empirical = float(rng.uniform(0.0, 5.0))
        expected = empirical + exact_penalty(weights, lam)
        assert_close(solution.structural_risk(empirical, weights, lam), expected)


def test_without_a_penalty(solution, rng):
    """For lam = 0 and for an empty list the penalty is 0, and the risk is the empirical one."""
    one_gradient(solution, rng)
    weights, empirical = draw(rng, ((2, 3), (3, 1))), float(rng.uniform(0.5, 2.0))
    assert_close(solution.l2_penalty(weights, 0.0), 0.0)
    assert_close(solution.l2_penalty_grads(weights, 0.0), [np.zeros((2, 3)), np.zeros((3, 1))])
    assert_close(solution.structural_risk(empirical, weights, 0.0), empirical)
    lam = float(rng.uniform(0.5, 2.0))
    assert_close(solution.l2_penalty([], lam), 0.0)
    assert_equal(solution.l2_penalty_grads([], lam), [])
    assert_close(solution.structural_risk(empirical, [], lam), empirical)


@points(2)
def test_a_larger_lam_trains_smaller_weights(solution, rng):
    """Gradient descent with l2_penalty_grads finds the weights with the smallest risk."""
    samples, targets = rng.normal(size=(12, 3)), rng.normal(size=(12, 2))
    second = samples.T @ samples / 12
    for lam in (0.0, float(rng.uniform(0.2, 0.5)), float(rng.uniform(2.0, 4.0))):
        rate = 1.0 / (np.linalg.eigvalsh(second)[-1] + lam)
        got = solution.probe.descend(samples, targets, lam, float(rate), 2000)
        expected = np.linalg.solve(second + lam * np.eye(3), samples.T @ targets / 12)
        assert_close(got, expected, rtol=1e-5, atol=1e-6)


def test_refuses_biases(solution, rng):
    """An array that is not a matrix raises ValueError: an array of one axis is a bias."""
    one_gradient(solution, rng)
    empirical, lam = float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.1, 2.0))
    first, second = draw(rng, ((2, 3), (3, 4)))
    for other in (rng.normal(size=3), rng.normal(size=(2, 2, 2)), np.array(1.5)):
        for weights in ([other], [first, other], [other, first, second]):
            with raises(ValueError):
                solution.l2_penalty_grads(weights, lam)
            with raises(ValueError):
                solution.l2_penalty(weights, lam)
            with raises(ValueError):
                solution.structural_risk(empirical, weights, lam)


def test_refuses_a_negative_lam(solution, rng):
    """lam below 0 raises ValueError: large weights would be a profit."""
    one_gradient(solution, rng)
    for lam in (-1.0, -1e-6, -float(rng.uniform(0.1, 5.0))):
        for weights in (draw(rng, ((2, 3),)), []):
            with raises(ValueError):
                solution.l2_penalty_grads(weights, lam)
            with raises(ValueError):
                solution.l2_penalty(weights, lam)
            with raises(ValueError):
                solution.structural_risk(1.0, weights, lam)


def test_gradients_of_float32(solution, rng):
    """float32 matrices give float32 gradients, and float64 matrices beside them float64."""
    one_gradient(solution, rng)
    lam = float(rng.uniform(0.1, 2.0))
    small, wide = rng.normal(size=(2, 3)).astype(np.float32), rng.normal(size=(3, 4))
    got = solution.l2_penalty_grads([small, wide, small], lam)
    gradient = (lam * small.astype(float)).astype(np.float32)
    assert_close(got, [gradient, lam * wide, gradient], rtol=1e-6)
    penalty = solution.l2_penalty([small.astype(float)], lam)
    assert_close(solution.l2_penalty([small], lam), penalty, rtol=1e-5)


def test_integers_are_computed_in_float64(solution, rng):
    """Integers give what the same numbers give as floats, also int8, where 100² does not fit."""
    one_gradient(solution, rng)
    lam = float(rng.uniform(0.1, 0.4))
    numbers = rng.integers(90, 120, (2, 3)) * rng.choice([-1, 1], (2, 3))
    penalty = solution.l2_penalty([numbers.astype(float)], lam)
    for dtype in (np.int64, np.int8):
        got = solution.l2_penalty_grads([numbers.astype(dtype)], lam)
        assert_close(got, [lam * numbers.astype(float)])
        assert_close(solution.l2_penalty([numbers.astype(dtype)], lam), penalty)


def test_leaves_the_weights_alone(solution, rng):
    """No matrix changes, and no gradient uses the memory of one."""
    one_gradient(solution, rng)
    weights = draw(rng, ((2, 3), (3, 4)))
    before = [array.copy() for array in weights]
    for lam in (0.0, 1.0, float(rng.uniform(0.1, 2.0))):
        for result in (
            solution.l2_penalty(weights, lam),
            solution.structural_risk(1.0, weights, lam),
        ):
            if not isinstance(result, float | np.floating):
                raise CheckFailed("a number was expected", rung="type")
        assert_close(solution.l2_penalty_grads(weights, lam), [lam * array for array in before])
        assert_unchanged(weights, before, "the list of weights")
        for array, copy in zip(weights, before, strict=True):
            assert_unchanged(array, copy)
        assert_equal(solution.probe.shares_memory(weights, lam), [False, False])
