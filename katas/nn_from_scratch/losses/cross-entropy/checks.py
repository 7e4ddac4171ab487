"""Hidden checks of the kata cross-entropy."""

import math

import numpy as np

from nnkata.testing import assert_close, assert_equal, assert_unchanged, points, raises


def rows_of(labels, count):
    """Return one-hot rows, one assignment per row."""
    rows = np.zeros((len(labels), count))
    for number, label in enumerate(labels):
        rows[number, label] = 1.0
    return rows


def some_probabilities(rng, n, c):
    """Draw n rows of probabilities, none of them very small."""
    weights = rng.uniform(0.05, 1.0, (n, c))
    return weights / weights.sum(axis=1, keepdims=True)


def mean_cost(Y, P):
    """Add up the costs of the samples with Python's logarithm, and divide by their number."""
    costs = [
        -math.fsum(t * math.log(p) for t, p in zip(true, guess, strict=True) if t > 0.0)
        for true, guess in zip(Y.tolist(), P.tolist(), strict=True)
    ]
    return math.fsum(costs) / len(costs)


@points(2)
def test_one_hot_rows(solution, rng):
    """one_hot gives one row per label, with 1.0 in the column of the label."""
    for labels, count in (([1, 0, 2], 3), ([2, 0], 4), ([0, 1, 1, 0, 1], 2), ([0], 1)):
        assert_equal(solution.one_hot(np.array(labels), count), rows_of(labels, count))
    labels = rng.integers(0, 7, 12)
    assert_equal(solution.one_hot(labels, 7), rows_of(labels, 7))


def test_one_hot_has_a_column_for_every_class(solution, rng):
    """one_hot has num_classes columns, even for classes that no label names."""
    for labels, count in (([0, 1, 0], 3), ([0, 0], int(rng.integers(4, 99))), ([1], 3)):
        assert_equal(solution.one_hot(np.array(labels), count), rows_of(labels, count))


def test_one_hot_of_no_labels(solution, rng):
    """one_hot of no labels gives an array of shape (0, C)."""
    for count in (3, 1, int(rng.integers(4, 99))):
        assert_equal(solution.one_hot(np.array([0]), count), rows_of([0], count))
        assert_equal(solution.one_hot(np.empty(0, dtype=int), count), np.empty((0, count)))


def test_refuses_labels_out_of_range(solution, rng):
    """A label below 0 or above C - 1 raises ValueError: numpy would read -1 as the last class."""
    right = rng.integers(0, 3, 9)
    assert_equal(solution.one_hot(right, 3), rows_of(right, 3))
    for labels in ([0, -1], [0, 3], [-3, 1], [7, 0]):
        with raises(ValueError):
            solution.one_hot(np.array(labels), 3)


def test_refuses_labels_that_are_not_integers(solution, rng):
    """A label such as 0.5 raises ValueError, and is not truncated to 0."""
    right = rng.integers(0, 3, 9)
    assert_equal(solution.one_hot(right, 3), rows_of(right, 3))
    for labels in ([0.5, 1.0], [1.0, 1.9], [-0.5, 2.0]):
        with raises(ValueError):
            solution.one_hot(np.array(labels), 3)


def test_refuses_a_column_of_labels(solution, rng):
    """Labels of the shape (N, 1), or a single number, raise ValueError."""
    right = rng.integers(0, 3, 9)
    assert_equal(solution.one_hot(right, 3), rows_of(right, 3))
    for labels in ([[1], [2]], [[1, 2]], 1):
        with raises(ValueError):
            solution.one_hot(np.array(labels), 3)


@points(2)
def test_the_cost_of_one_sample(solution, rng):
    """The loss of one sample is minus the natural logarithm of the probability of its class."""
    Y, P = np.array([[0.0, 1.0, 0.0]]), np.array([[0.2, 0.7, 0.1]])
    assert_close(solution.cross_entropy(Y, P), -math.log(0.7))
    for c in (2, 5):
        Y, P = rows_of(rng.integers(0, c, 1), c), some_probabilities(rng, 1, c)
        assert_close(solution.cross_entropy(Y, P), mean_cost(Y, P))


def test_a_sample_without_a_batch(solution, rng):
    """Y and P may be one sample of shape (C,), and the loss is its cost."""
    for c in (3, 5):
        Y, P = rows_of(rng.integers(0, c, 1), c), some_probabilities(rng, 1, c)
        assert_close(solution.cross_entropy(Y[0], P[0]), mean_cost(Y, P))


@points(13)
def test_is_the_mean_over_the_samples(solution, rng):
    """The loss of a batch is the mean of the costs of its samples."""
    Y = rows_of([1, 0], 3)
    P = np.array([[0.2, 0.7, 0.1], [0.5, 0.25, 0.25]])
    assert_close(solution.cross_entropy(Y, P), (-math.log(0.7) - math.log(0.5)) / 2)
    for n, c in ((5, 3), (4, 4), (3, 7)):
        Y, P = rows_of(rng.integers(0, c, n), c), some_probabilities(rng, n, c)
        assert_close(solution.cross_entropy(Y, P), mean_cost(Y, P))


@points(6)
def test_does_not_grow_with_the_batch(solution, rng):
    """The loss stays the same when every sample is given ten times."""
    Y, P = rows_of([1], 3), np.array([[0.25, 0.5, 0.25]])
    for times in (1, 10, 1437):
        got = solution.cross_entropy(np.repeat(Y, times, axis=0), np.repeat(P, times, axis=0))
        assert_close(got, math.log(2.0))
    Y, P = rows_of(rng.integers(0, 4, 3), 4), some_probabilities(rng, 3, 4)
    for times in (1, 10):
        got = solution.cross_entropy(np.repeat(Y, times, axis=0), np.repeat(P, times, axis=0))
        assert_close(got, mean_cost(Y, P))


@points(3)
def test_guessing_costs_the_logarithm_of_the_number_of_classes(solution, rng):
    """If all C classes get the probability 1/C, the loss is log C."""
    for n, c in ((1, 2), (6, 10), (4, int(rng.integers(3, 99)))):
        Y, P = rows_of(rng.integers(0, c, n), c), np.full((n, c), 1.0 / c)
        assert_close(solution.cross_entropy(Y, P), math.log(c))


@points(2)
def test_soft_labels(solution, rng):
    """Rows of Y may be any probabilities: each logarithm counts as much as Y says."""
    Y, P = np.array([[0.5, 0.5, 0.0]]), np.array([[0.2, 0.7, 0.1]])
    assert_close(solution.cross_entropy(Y, P), -0.5 * math.log(0.2) - 0.5 * math.log(0.7))
    Y, P = some_probabilities(rng, 1, 4), some_probabilities(rng, 1, 4)
    assert_close(solution.cross_entropy(Y, P), mean_cost(Y, P))


@points(2)
def test_a_probability_of_zero_for_the_true_class(solution, rng):
    """A probability of 0 counts as eps, so the loss of a wrong network stays finite."""
    Y, P = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    assert_close(solution.cross_entropy(Y, P), -math.log(1e-15))
    eps = float(rng.uniform(1e-4, 1e-2))
    assert_close(solution.cross_entropy(Y, P, eps=eps), -math.log(eps))
    assert_close(solution.cross_entropy(Y, P, 1e-6), -math.log(1e-6))


@points(2)
def test_a_probability_of_zero_for_another_class(solution, rng):
    """A probability of 0 for a class that is not the true one costs nothing."""
    p = float(rng.uniform(0.2, 0.8))
    Y, P = np.array([[0.0, 1.0, 0.0]]), np.array([[1.0 - p, p, 0.0]])
    assert_close(solution.cross_entropy(Y, P), -math.log(p))
    for label in (0, 1):
        Y = rows_of([label], 2)
        assert_close(solution.cross_entropy(Y, Y), 0.0, atol=1e-12)


def test_takes_float32_and_integers(solution, rng):
    """Y and P may be float32, and Y may contain integers."""
    Y, P = rows_of(rng.integers(0, 3, 1), 3), some_probabilities(rng, 1, 3)
    assert_close(solution.cross_entropy(Y.astype(int), P), mean_cost(Y, P))
    got = solution.cross_entropy(Y.astype(np.float32), P.astype(np.float32))
    assert_close(got, mean_cost(Y, P), rtol=1e-5)
    P = np.array([[0.0, 1.0, 0.0]], dtype=np.float32)
    got = solution.cross_entropy(np.array([[1, 0, 0]]), P)
    assert_close(got, -math.log(1e-15), rtol=1e-5)


def test_refuses_other_shapes(solution, rng):
    """Y and P of different shapes raise ValueError, and are not broadcast."""
    Y, P = rows_of([1, 0, 2], 4), some_probabilities(rng, 3, 4)
    assert_close(solution.cross_entropy(Y[:1], P[:1]), mean_cost(Y[:1], P[:1]))
    for true, guess in (
        (Y[0], P), (Y, P[0]), (Y, P[:1]), (Y[:, :1], P), (Y[:2], P), (Y[:1], P[0]), (Y.T, P),
    ):  # fmt: skip
        with raises(ValueError):
            solution.cross_entropy(true, guess)


def test_refuses_an_empty_batch(solution, rng):
    """Without samples there is no mean: a ValueError, not nan."""
    Y, P = rows_of([1], 3), some_probabilities(rng, 1, 3)
    assert_close(solution.cross_entropy(Y, P), mean_cost(Y, P))
    for shape in ((0, 3), (0, 1), (0,)):
        with raises(ValueError):
            solution.cross_entropy(np.empty(shape), np.empty(shape))


def test_leaves_its_arguments_alone(solution):
    """The arrays that are passed in do not change, even where a probability is 0."""
    labels, Y, P = np.array([1]), np.array([[0.0, 1.0, 0.0]]), np.array([[0.0, 1.0, 0.0]])
    assert_equal(solution.one_hot(labels, 3), Y)
    assert_close(solution.cross_entropy(Y, P), 0.0, atol=1e-12)
    assert_unchanged(labels, np.array([1]), "the array of labels")
    assert_unchanged(Y, np.array([[0.0, 1.0, 0.0]]))
    assert_unchanged(P, np.array([[0.0, 1.0, 0.0]]))
