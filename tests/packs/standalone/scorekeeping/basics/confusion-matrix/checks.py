"""Hidden checks of the kata confusion-matrix."""

import numpy as np

from nnkata.testing import assert_equal, assert_unchanged, points, raises


def counted(truth, predicted, classes):
    """Count pair by pair."""
    pairs = list(zip(truth.tolist(), predicted.tolist(), strict=True))
    return np.array([[pairs.count((i, j)) for j in range(classes)] for i in range(classes)])


def assert_counts_drawn(solution, rng):
    """Fail unless samples whose label is always right are counted."""
    labels = rng.integers(0, 2, 60)
    assert_equal(solution.confusion_matrix(labels, labels, 2), counted(labels, labels, 2))


@points(3)
def test_counts_every_sample(solution, rng):
    """confusion_matrix counts every sample once, in the row of its class."""
    for n, classes in ((50, 3), (200, 5), (1, 2)):
        truth, predicted = rng.integers(0, classes, (2, n))
        truth[0], predicted[0] = classes - 1, 0
        truth[-1], predicted[-1] = 0, classes - 1
        got = solution.confusion_matrix(truth, predicted, classes)
        assert_equal(got, counted(truth, predicted, classes))


def test_has_a_row_for_every_class(solution, rng):
    """A class that does not occur has its row and its column, and no samples give zeros."""
    one, two = np.array([0, 1]), np.array([1, 0])
    assert_equal(solution.confusion_matrix(one, two, 4), counted(one, two, 4))
    classes = int(rng.integers(6, 60))
    assert_equal(solution.confusion_matrix(one, two, classes), counted(one, two, classes))
    none = np.array([], dtype=int)
    assert_equal(solution.confusion_matrix(none, none, 3), np.zeros((3, 3), dtype=int))


def test_refuses_labels_that_are_no_class(solution, rng):
    """A label below 0 or above the last class raises ValueError, and not a count somewhere else."""
    right = np.array([0, 1])
    assert_equal(solution.confusion_matrix(right, right, 2), np.array([[1, 0], [0, 1]]))
    assert_counts_drawn(solution, rng)
    for wrong in (np.array([0, -1]), np.array([2, 0])):
        with raises(ValueError):
            solution.confusion_matrix(wrong, right, 2)
        with raises(ValueError):
            solution.confusion_matrix(right, wrong, 2)


def test_refuses_predictions_that_are_missing(solution, rng):
    """Fewer predictions than samples raise ValueError, and so do more."""
    three, two = np.array([0, 1, 1]), np.array([0, 1])
    assert_equal(solution.confusion_matrix(two, two, 2), np.array([[1, 0], [0, 1]]))
    assert_counts_drawn(solution, rng)
    with raises(ValueError):
        solution.confusion_matrix(three, two, 2)
    with raises(ValueError):
        solution.confusion_matrix(two, three, 2)


def test_leaves_its_arguments_alone(solution, rng):
    """The arrays that are passed in are the same afterwards."""
    truth, predicted = np.append(rng.integers(0, 3, (2, 40)), [[2, 0], [0, 2]], axis=1)
    before = truth.copy(), predicted.copy()
    got = solution.confusion_matrix(truth, predicted, 3)
    assert_equal(got, counted(*before, 3))
    assert_unchanged(truth, before[0])
    assert_unchanged(predicted, before[1])
