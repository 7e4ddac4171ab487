"""One-hot rows and the cross-entropy, compared with scikit-learn and scipy."""

import math

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.metrics import log_loss
from sklearn.preprocessing import label_binarize

from refnn.losses.cross_entropy import cross_entropy, one_hot


def test_the_numbers_of_the_lesson() -> None:
    P = [[0.2, 0.7, 0.1], [0.5, 0.25, 0.25]]
    assert one_hot([1], 3).tolist() == [[0.0, 1.0, 0.0]]
    costs = [
        cross_entropy(one_hot([label], 3), [row]) for label, row in zip((1, 0), P, strict=True)
    ]
    assert [round(cost, 3) for cost in costs] == [0.357, 0.693]
    assert round(cross_entropy(one_hot([1, 0], 3), P), 3) == 0.525
    assert round(cross_entropy(one_hot([1, 0], 3), P) / 3, 3) == 0.175
    assert round(-1437 * math.log(0.7), 1) == 512.5
    assert round(cross_entropy(np.eye(10), np.full((10, 10), 0.1)), 3) == 2.303
    assert round(cross_entropy([1, 0], [0, 1]), 2) == 34.54


@pytest.mark.parametrize(("n", "c"), [(1, 3), (7, 3), (4, 4), (20, 10)])
def test_hard_labels_agree_with_scikit_learn(n: int, c: int) -> None:
    rng = np.random.default_rng(n)
    y, P = rng.integers(0, c, n), rng.dirichlet(np.ones(c), n)
    np.testing.assert_array_equal(one_hot(y, c), label_binarize(y, classes=range(c)))
    expected = log_loss(y, P, labels=range(c))
    assert cross_entropy(one_hot(y, c), P) == pytest.approx(expected, rel=1e-12)
    assert cross_entropy(one_hot(y, c)[0], P[0]) == pytest.approx(-math.log(P[0, y[0]]))


def test_soft_labels_agree_with_scipy() -> None:
    rng = np.random.default_rng(0)
    Y, P = rng.dirichlet(np.ones(4), 6), rng.dirichlet(np.ones(4), 6)
    # The cross-entropy is the entropy of Y plus the divergence of P from Y.
    expected = np.mean([entropy(t) + entropy(t, p) for t, p in zip(Y, P, strict=True)])
    assert cross_entropy(Y, P) == pytest.approx(expected, rel=1e-12)


def test_probabilities_of_zero_are_finite() -> None:
    with np.errstate(all="raise"):
        assert cross_entropy([[0, 1]], [[0, 1]]) == 0.0
        zero = np.array([[0, 1]], dtype=np.float32)
        assert cross_entropy([[1, 0]], zero) == pytest.approx(15 * math.log(10))
        assert cross_entropy([[1, 0]], zero, eps=0.5) == pytest.approx(math.log(2))


@pytest.mark.parametrize("y", [[-1, 0], [0, 3], [0.5, 1.0], [[0], [1]], 1])
def test_other_labels_are_refused(y: object) -> None:
    with pytest.raises(ValueError, match=r"integers|labels"):
        one_hot(y, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("Y", "P"), [((3, 2), (2,)), ((1, 2), (2,)), ((3, 1), (3, 2)), ((0, 2),) * 2]
)
def test_other_shapes_are_refused(Y: tuple[int, ...], P: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"shape|samples"):
        cross_entropy(np.ones(Y), np.ones(P))


def test_an_empty_batch_of_labels() -> None:
    assert one_hot(np.empty(0, dtype=int), 3).shape == (0, 3)
