"""Predictions in batches, compared with scikit-learn and scipy, and the numbers of the lesson."""

import numpy as np
import pytest
from scipy.special import expit
from scipy.special import softmax as scipy_softmax
from sklearn.metrics import accuracy_score
from sklearn.utils import gen_batches

from refnn.forward.batch import (
    accuracy,
    batches,
    output_activation,
    predict_classes,
    predict_in_batches,
)


def test_the_numbers_of_the_lesson() -> None:
    assert list(batches(7, 3)) == [slice(0, 3), slice(3, 6), slice(6, 7)]
    assert len(list(batches(359, 100))) == 4
    assert 359 - 359 // 100 * 100 == 59
    predicted = predict_classes([[1, 5, 2], [7, 0, 3]])
    assert predicted.tolist() == [1, 0]
    assert accuracy(predicted, [1, 2]) == 0.5
    assert predict_classes([[2.5], [-1.0], [0.3]]).tolist() == [1, 0, 1]
    labels = np.arange(3)
    assert (labels == labels[:, np.newaxis]).mean() == pytest.approx(0.333, abs=5e-4)
    assert expit(0.3) == pytest.approx(0.574, abs=5e-4)
    assert expit([2, 1, 0]).tolist() == pytest.approx([0.881, 0.731, 0.5], abs=5e-4)


@pytest.mark.parametrize("n", [1, 2, 7, 12, 100])
@pytest.mark.parametrize("size", [1, 3, 4, 101])
def test_batches_are_those_of_scikit_learn(n: int, size: int) -> None:
    assert list(batches(n, size)) == list(gen_batches(n, size))
    X = np.random.default_rng(0).normal(size=(n, 2, 3))
    np.testing.assert_array_equal(predict_in_batches(lambda x: x.sum(axis=2), X, size), X.sum(2))


def test_without_rows_there_are_no_batches() -> None:
    assert list(batches(0, 3)) == []
    assert predict_in_batches(lambda x: x @ np.ones((2, 5)), np.ones((0, 2)), 3).shape == (0, 5)


def test_activations_are_those_of_scipy() -> None:
    z = np.random.default_rng(1).normal(size=(5, 4)) * 5.0
    np.testing.assert_array_equal(output_activation("regression")(z), z)
    np.testing.assert_allclose(output_activation("binary")(z), expit(z), rtol=1e-13)
    np.testing.assert_allclose(output_activation("multiclass")(z), scipy_softmax(z, 1), rtol=1e-13)


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_softmax_does_not_change_the_prediction(classes: int) -> None:
    z = np.random.default_rng(2).normal(size=(50, classes))
    predicted = predict_classes(z)
    assert (predicted == predict_classes(scipy_softmax(z, axis=1))).all()
    assert predicted.dtype == np.int64
    y = np.random.default_rng(3).integers(0, classes, 50)
    assert accuracy(predicted, y) == accuracy_score(y, predicted)


def test_one_logit_is_the_difference_of_two() -> None:
    z = np.random.default_rng(4).normal(size=(20, 1))
    both = np.hstack([np.zeros_like(z), z])
    assert predict_classes(z).tolist() == predict_classes(both).tolist()


def test_what_is_refused() -> None:
    for size in (0, -1):
        with pytest.raises(ValueError, match="size"):
            list(batches(3, size))
    with pytest.raises(ValueError, match="task"):
        output_activation("classification")
    for shape in ((3,), (3, 0), (1, 2, 3)):
        with pytest.raises(ValueError, match=r"scores|argmax"):
            predict_classes(np.ones(shape))
    with pytest.raises(ValueError, match="rows"):
        predict_in_batches(lambda x: x.mean(axis=0), np.ones((3, 2)), 3)
    with pytest.raises(ValueError, match="pred"):
        accuracy([1, 2], [[1], [2]])
    with pytest.raises(ValueError, match="no accuracy"):
        accuracy([], [])
