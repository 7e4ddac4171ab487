"""The data pipeline, compared with scikit-learn, and the numbers of the lesson."""

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from refnn.digits.data import WRITER_BLOCKS, load_digits
from refnn.digits.pipeline import Standardizer, iterate_minibatches, train_test_split


def test_the_numbers_of_the_lesson() -> None:
    scaler = Standardizer().fit([[2, 5], [4, 5], [6, 5]])
    got = scaler.transform([[2, 5], [4, 5], [6, 5]])
    assert got[:, 0].tolist() == pytest.approx([-1.225, 0, 1.225], abs=5e-4)
    assert got[:, 1].tolist() == [0, 0, 0]
    assert scaler.transform([[10, 5]])[0, 0] == pytest.approx(3.674, abs=5e-4)
    X = np.full((100, 1), 0.1)
    assert X.std() == pytest.approx(2.8e-17, rel=0.05)
    assert abs((X - X.mean())[0, 0] / X.std()) == pytest.approx(1.0)
    assert abs(Standardizer().fit(X).transform(X)).max() < 1e-15
    sizes = [len(y) for _, y in iterate_minibatches(np.ones((5, 1)), np.arange(5), 2)]
    assert sizes == [2, 2, 1]


def test_standardizer_is_that_of_scikit_learn() -> None:
    X, _ = load_digits()
    train, test = X[:1400], X[1400:]
    theirs = StandardScaler().fit(train)
    np.testing.assert_allclose(
        Standardizer().fit(train).transform(test), theirs.transform(test), rtol=1e-9, atol=1e-9
    )
    assert (train.std(axis=0) == 0).sum() >= 3


@pytest.mark.parametrize("share", [0.2, 0.5, 0.31])
def test_split_of_the_digits(share: float) -> None:
    X, y = load_digits()
    rows = np.arange(len(y))
    one, two, y_one, y_two = train_test_split(rows, y, share, np.random.default_rng(1))
    assert sorted([*one, *two]) == rows.tolist()
    assert (y[one] == y_one).all()
    assert (y[two] == y_two).all()
    assert abs(len(two) - share * len(y)) < 1
    parts = train_test_split(X, y, share, np.random.default_rng(2), stratify=True)
    for label in range(10):
        assert abs((parts[3] == label).sum() - share * (y == label).sum()) < 1


def test_writers_stay_in_one_part() -> None:
    _, y = load_digits()
    rows = np.arange(len(y))
    writers = np.searchsorted(WRITER_BLOCKS, rows, side="right")
    one, two, _, _ = train_test_split(rows, y, 0.2, np.random.default_rng(3), groups=writers)
    assert not set(writers[one]) & set(writers[two])
    assert len(set(writers[two])) == 3


def test_each_epoch_has_each_sample_once() -> None:
    rng, X = np.random.default_rng(4), np.arange(23)
    orders = [[int(x) for b, _ in iterate_minibatches(X, X, 5, rng) for x in b] for _ in range(3)]
    assert all(sorted(order) == X.tolist() for order in orders)
    assert orders[0] != orders[1] != orders[2]
    assert sum(len(b) for b, _ in iterate_minibatches(X, X, 5, rng, drop_last=True)) == 20


def test_what_is_refused() -> None:
    rng, X = np.random.default_rng(5), np.ones((4, 2))
    with pytest.raises(ValueError, match="test_size"):
        train_test_split(X, np.ones(4), 1.0, rng)
    with pytest.raises(ValueError, match="y "):
        train_test_split(X, np.ones(3), 0.5, rng)
    with pytest.raises(ValueError, match="empty"):
        train_test_split(X, np.ones(4), 0.5, rng, groups=np.zeros(4))
    with pytest.raises(RuntimeError):
        Standardizer().transform(X)
    with pytest.raises(ValueError, match="size"):
        list(iterate_minibatches(X, np.ones(4), 0))
