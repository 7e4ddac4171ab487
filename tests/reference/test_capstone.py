"""The capstone reads the digits, and its confusion matrix is that of scikit-learn."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sklearn.metrics

import nn_from_scratch
from refnn.digits.capstone import build_model, confusion_matrix, measure_new_writers, train_model
from refnn.digits.data import Split, frozen_split, writer_split

LESSON = Path(nn_from_scratch.__file__).parent / "library" / "digits-mlp" / "README.md"
PARTS = ("X_train", "y_train", "X_test", "y_test")


def small(n: int, m: int = 30) -> Split:
    split = frozen_split()
    return Split(split.X_train[:n], split.y_train[:n], split.X_test[:m], split.y_test[:m])


@pytest.mark.parametrize(("n", "classes"), [(50, 4), (200, 10), (1, 3)])
def test_the_confusion_matrix_is_that_of_scikit_learn(n: int, classes: int) -> None:
    y, pred = np.random.default_rng(n).integers(0, classes, (2, n))
    expected = sklearn.metrics.confusion_matrix(y, pred, labels=range(classes))
    np.testing.assert_array_equal(confusion_matrix(y, pred, classes), expected)


def test_the_numbers_of_the_lesson() -> None:
    counts = confusion_matrix([0, 0, 1, 2], [0, 1, 1, 0], 3)
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]
    assert np.trace(counts) / counts.sum() == 0.5
    assert confusion_matrix([], []).tolist() == [[0] * 10] * 10


@pytest.mark.parametrize(
    ("y", "pred"), [([0, 1], [0]), ([[0]], [[0]]), ([-1], [0]), ([0], [3]), ([3], [0]), ([0], [-1])]
)
def test_what_cannot_be_counted_is_refused(y: Any, pred: Any) -> None:
    with pytest.raises(ValueError, match="must be"):
        confusion_matrix(y, pred, 3)


def test_the_first_loss_is_near_ln_10() -> None:
    split = frozen_split()
    for seed in range(10):
        loss = build_model(np.random.default_rng(seed)).evaluate(split.X_train, split.y_train)[0]
        assert loss == pytest.approx(np.log(10), rel=0.02)


def test_a_last_layer_that_is_not_scaled_begins_far_from_ln_10() -> None:
    split, losses = frozen_split(), []
    for seed in range(10):
        model = build_model(np.random.default_rng(seed))
        model.params["4.W"][...] *= 10
        losses.append(model.evaluate(split.X_train, split.y_train)[0])
    assert 2.35 < min(losses) < max(losses) < 2.9


def test_the_digits_are_read() -> None:
    split = frozen_split()
    before = {name: getattr(split, name).copy() for name in PARTS}
    shares = []
    for seed in range(3):
        result = train_model(split, np.random.default_rng(seed))
        read = result.model.predict(split.X_test).argmax(axis=1)
        assert result.accuracy == sklearn.metrics.accuracy_score(split.y_test, read)
        np.testing.assert_array_equal(
            result.confusion, sklearn.metrics.confusion_matrix(split.y_test, read)
        )
        assert len(result.history["loss"]) == 20
        shares.append(result.accuracy)
    assert min(shares) >= 0.97
    assert sorted(shares)[1] >= 0.975
    for name in PARTS:
        np.testing.assert_array_equal(getattr(split, name), before[name])


def said(images: str) -> tuple[float, float]:
    """Return the mean and the worst accuracy that the lesson says for some images."""
    text = LESSON.read_text(encoding="utf-8")
    found = re.search(rf"^\| {images}.* \| ([\d.]+) % \| ([\d.]+) % \|$", text, re.MULTILINE)
    assert found is not None
    return float(found[1]) / 100, float(found[2]) / 100


def test_the_lesson_says_how_well_known_writers_are_read() -> None:
    split = frozen_split()
    shares = [train_model(split, np.random.default_rng(seed)).accuracy for seed in range(10)]
    mean, worst = said("the test set")
    assert np.mean(shares) == pytest.approx(mean, abs=0.003)
    assert min(shares) == pytest.approx(worst, abs=0.006)


def test_new_writers_are_read_less_well_as_the_lesson_says() -> None:
    shares = measure_new_writers(map(writer_split, range(14)), np.random.default_rng(0))
    assert shares.shape == (14,)
    mean, worst = said("new writers")
    assert shares.mean() == pytest.approx(mean, abs=0.012)
    assert shares.min() == pytest.approx(worst, abs=0.04)
    assert mean < said("the test set")[0]


def test_each_writer_gets_a_new_model() -> None:
    splits = [small(60), small(90)]
    rng = np.random.default_rng(4)
    expected = [train_model(split, rng, 3).accuracy for split in splits]
    np.testing.assert_array_equal(
        measure_new_writers(splits, np.random.default_rng(4), 3), expected
    )
    assert measure_new_writers([], rng).shape == (0,)


def test_the_test_part_plays_no_role_in_training() -> None:
    one = small(64)
    other = replace(one, X_test=np.zeros((2, 64)), y_test=np.array([3, 4]))
    a, b = (train_model(split, np.random.default_rng(1), 4) for split in (one, other))
    for name, array in a.model.params.items():
        np.testing.assert_array_equal(array, b.model.params[name])
    assert (a.initial_loss, a.history) == (b.initial_loss, b.history)


def test_thirty_two_images_are_learnt_by_heart() -> None:
    split = small(32)
    labels = np.random.default_rng(0).permutation(np.arange(32) % 10)
    result = train_model(replace(split, y_train=labels), np.random.default_rng(0), 200)
    np.testing.assert_array_equal(result.model.predict(split.X_train).argmax(axis=1), labels)


def test_shuffled_labels_teach_nothing() -> None:
    split = frozen_split()
    y = np.random.default_rng(0).permutation(split.y_train)
    assert train_model(replace(split, y_train=y), np.random.default_rng(0)).accuracy <= 0.2


def test_sorted_images_have_to_be_mixed() -> None:
    split = frozen_split()
    order = np.argsort(split.y_train, kind="stable")
    X, y = split.X_train[order], split.y_train[order]
    model = build_model(np.random.default_rng(0))
    model.fit(X, y, epochs=20)
    assert (model.predict(split.X_test).argmax(axis=1) == split.y_test).mean() <= 0.2
    mixed = train_model(replace(split, X_train=X, y_train=y), np.random.default_rng(0))
    assert mixed.accuracy >= 0.97


def test_the_best_epoch_by_the_test_looks_better_than_the_last() -> None:
    split, gains = frozen_split(), []
    for seed in (3, 4):
        rng = np.random.default_rng(seed)
        model = build_model(rng)
        shares = []
        for _ in range(20):
            model.fit(split.X_train, split.y_train, rng=rng)
            shares.append((model.predict(split.X_test).argmax(axis=1) == split.y_test).mean())
        gains.append(max(shares) - shares[-1])
    assert max(gains) >= 0.002


def test_no_epochs_leave_the_first_weights() -> None:
    result = train_model(small(20), np.random.default_rng(7), 0)
    first = build_model(np.random.default_rng(7))
    for name, array in first.params.items():
        np.testing.assert_array_equal(result.model.params[name], array)
    assert result.history["loss"] == []
    told: list[int] = []
    train_model(small(20), np.random.default_rng(7), 2, lambda epoch, _: told.append(epoch))
    assert told == [1, 2]
