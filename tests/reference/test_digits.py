"""The shipped digits are the real ones, the splits are frozen, and the network learns them."""

import gzip
import hashlib
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import sklearn.datasets

from refnn.autograd.gradcheck import numerical_gradient
from refnn.digits import data
from refnn.digits.data import WRITER_BLOCKS, Split, frozen_split, load_digits, writer_split
from refnn.digits.training import accuracy, minibatches, train_digits
from refnn.layers.two_layer import NeuralNetwork

PARTS = ("X_train", "y_train", "X_test", "y_test")


def small(n: int) -> Split:
    """Take the first n training samples, and them again for the test."""
    split = frozen_split()
    X, y = split.X_train[:n], split.y_train[:n]
    return Split(X, y, X, y)


# data


def test_the_digits_are_those_of_scikit_learn() -> None:
    solved = sklearn.datasets.load_digits()
    X, y = load_digits()
    np.testing.assert_array_equal(X * 16.0, solved.data)
    np.testing.assert_array_equal(y, solved.target)
    assert (X.shape, y.shape) == ((1797, 64), (1797,))
    assert (X.dtype.name, y.dtype.name) == ("float64", "int64")
    assert (X.min(), X.max()) == (0.0, 1.0)


def test_the_frozen_split_never_moves() -> None:
    split = frozen_split()
    assert [len(getattr(split, name)) for name in PARTS] == [1438, 1438, 359, 359]
    digests = [hashlib.sha256(getattr(split, name).tobytes()).hexdigest()[:16] for name in PARTS]
    assert digests == [
        "184fdc59a177f264",
        "15bba84b1ff4d0d0",
        "a38868e2375d5155",
        "cfb6b1e12f6bda9f",
    ]


def test_the_frozen_split_has_every_image_once_and_a_fifth_of_each_digit_in_the_test() -> None:
    split, (X, y) = frozen_split(), load_digits()
    together = np.concatenate([split.X_train, split.X_test])
    assert sorted(map(bytes, together)) == sorted(map(bytes, X))
    for digit in range(10):
        count = int((y == digit).sum())
        assert (split.y_train == digit).sum() == round(0.8 * count)


@pytest.mark.parametrize("block", range(14))
def test_a_writer_split_leaves_exactly_one_block_out(block: int) -> None:
    split, (X, y) = writer_split(block), load_digits()
    low, high = WRITER_BLOCKS[block], WRITER_BLOCKS[block + 1]
    np.testing.assert_array_equal(split.X_test, X[low:high])
    np.testing.assert_array_equal(split.y_test, y[low:high])
    np.testing.assert_array_equal(split.X_train, np.delete(X, np.s_[low:high], axis=0))
    np.testing.assert_array_equal(split.y_train, np.delete(y, np.s_[low:high]))


@pytest.mark.parametrize("block", [-1, 14])
def test_there_are_fourteen_writer_blocks(block: int) -> None:
    with pytest.raises(ValueError, match="0 to 13"):
        writer_split(block)


def test_every_call_gives_arrays_that_may_be_written_to() -> None:
    for make in (frozen_split, lambda: writer_split(3)):
        first, second = make(), make()
        for name in PARTS:
            getattr(first, name)[:] = 5
            assert not (getattr(second, name) == 5).all()
            assert not (getattr(make(), name) == 5).all()


@pytest.mark.parametrize(
    "get_data",
    [
        lambda *_: None,
        lambda *_: b"no gzip at all",
        lambda *_: gzip.compress(b"x" * 116805)[:-20],
        lambda *_: gzip.compress(b"x" * 116805),
    ],
)
def test_damaged_data_is_named_with_the_next_step(
    monkeypatch: pytest.MonkeyPatch, get_data: Callable[..., Any]
) -> None:
    monkeypatch.setattr(pkgutil, "get_data", get_data)
    with pytest.raises(RuntimeError, match=r"optdigits\.u8\.gz .*restore"):
        load_digits()


def test_missing_data_is_named_with_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "_IMAGES", "nowhere.gz")
    with pytest.raises(RuntimeError, match=r"nowhere\.gz .*restore"):
        load_digits()


# training


@pytest.mark.parametrize(("n", "size"), [(10, 3), (9, 3), (1, 5), (5, 1), (0, 4)])
def test_minibatches_hold_every_index_once_and_keep_the_rest(n: int, size: int) -> None:
    batches = list(minibatches(n, size, np.random.default_rng(0)))
    dealt = np.concatenate([*batches, np.zeros(0, dtype=int)])
    assert sorted(dealt.tolist()) == list(range(n))
    assert all(len(batch) == size for batch in batches[:-1])
    assert len(batches) == -(-n // size)


def test_minibatches_come_in_a_new_order_each_time() -> None:
    rng = np.random.default_rng(0)
    first, second = (np.concatenate(list(minibatches(50, 8, rng))) for _ in range(2))
    again = np.concatenate(list(minibatches(50, 8, np.random.default_rng(0))))
    assert (first != second).any()
    np.testing.assert_array_equal(first, again)


def test_a_batch_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="batch_size = 0"):
        next(minibatches(5, 0, np.random.default_rng(0)))


def test_accuracy_is_the_share_that_is_classified_correctly() -> None:
    net = NeuralNetwork(1, 2, 2, np.random.default_rng(0), hidden="relu")
    net.W1, net.W2 = np.array([[1.0, -1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    X = [[2.0], [-2.0], [3.0], [-1.0]]
    assert accuracy(net, X, [1, 0, 1, 1]) == 0.75
    assert type(accuracy(net, X, [1, 0, 1, 1])) is float


@pytest.mark.parametrize("y", [np.ones((4, 1)), np.ones((1, 4)), np.ones(3), np.ones((4, 4))])
def test_accuracy_refuses_labels_of_another_shape(y: Any) -> None:
    net = NeuralNetwork(1, 2, 2, np.random.default_rng(0))
    with pytest.raises(ValueError, match="labels"):
        accuracy(net, np.ones((4, 1)), y)


def test_accuracy_of_no_samples_is_refused() -> None:
    net = NeuralNetwork(1, 2, 2, np.random.default_rng(0))
    with pytest.raises(ValueError, match="0 samples"):
        accuracy(net, np.ones((0, 1)), np.ones(0))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_digits_are_read_and_the_gradients_are_right_all_the_same(seed: int) -> None:
    split = frozen_split()
    before = {name: getattr(split, name).copy() for name in PARTS}
    report = train_digits(split, np.random.default_rng(seed))
    assert report.accuracy >= 0.965
    assert report.accuracy == accuracy(report.network, split.X_test, split.y_test)
    assert report.initial_loss == pytest.approx(np.log(10), rel=0.35)
    assert report.losses.shape == (60,)
    assert report.losses[-1] < 0.02
    for name in PARTS:
        np.testing.assert_array_equal(getattr(split, name), before[name])

    net, X, y = report.network, split.X_train[:5], split.y_train[:5]
    gradients, start = net.gradients(X, y), net.W2

    def loss_at(W2: Any) -> float:
        net.W2 = W2
        return net.loss(X, y)

    measured = numerical_gradient(loss_at, start)
    np.testing.assert_allclose(gradients["W2"], measured, rtol=1e-6, atol=1e-9)


def test_the_same_seed_gives_the_same_report() -> None:
    a, b, c = (train_digits(small(64), np.random.default_rng(s), epochs=3) for s in (4, 4, 5))
    np.testing.assert_array_equal(a.losses, b.losses)
    np.testing.assert_array_equal(a.network.W1, b.network.W1)
    assert (a.initial_loss, a.accuracy) == (b.initial_loss, b.accuracy)
    assert (a.losses != c.losses).all()


def test_progress_is_told_after_every_epoch() -> None:
    told: list[tuple[int, float]] = []

    def on_epoch(epoch: int, loss: float) -> None:
        told.append((epoch, loss))

    report = train_digits(small(40), np.random.default_rng(0), epochs=4, on_epoch=on_epoch)
    assert told == list(enumerate(report.losses.tolist(), start=1))


def test_the_test_part_plays_no_role_in_training() -> None:
    one, other = small(64), replace(small(64), X_test=np.zeros((1, 64)), y_test=np.array([3]))
    a, b = (train_digits(split, np.random.default_rng(1), epochs=3) for split in (one, other))
    np.testing.assert_array_equal(a.network.W1, b.network.W1)
    np.testing.assert_array_equal(a.losses, b.losses)


def test_thirty_two_samples_are_all_classified_correctly_after_training() -> None:
    assert train_digits(small(32), np.random.default_rng(0)).accuracy == 1.0


def test_shuffled_labels_teach_nothing() -> None:
    split = frozen_split()
    lies = np.random.default_rng(0).permutation(split.y_train)
    report = train_digits(replace(split, y_train=lies), np.random.default_rng(0), epochs=20)
    assert report.accuracy <= 0.2


def test_batches_of_one_and_of_everything_work() -> None:
    for size in (1, 40, 1000):
        report = train_digits(small(40), np.random.default_rng(0), epochs=2, batch_size=size)
        assert np.isfinite(report.losses).all()


def test_the_last_short_batch_gets_its_step() -> None:
    """Two samples in batches of 2 and one sample more: the third must leave a trace."""
    with_rest, without = small(3), small(2)
    a, b = (
        train_digits(split, np.random.default_rng(0), epochs=1, batch_size=2)
        for split in (with_rest, without)
    )
    assert a.losses[0] != b.losses[0]


def test_the_start_is_a_relu_network_drawn_from_the_rng() -> None:
    split = small(40)
    report = train_digits(split, np.random.default_rng(3), epochs=0)
    expected = NeuralNetwork(64, 64, 10, np.random.default_rng(3), hidden="relu")
    assert report.losses.shape == (0,)
    assert report.initial_loss == expected.loss(split.X_train, split.y_train)


def test_a_smaller_network_can_be_asked_for() -> None:
    report = train_digits(small(40), np.random.default_rng(0), hidden_size=7, epochs=1)
    assert report.network.W1.shape == (64, 7)
