"""Hidden checks of the kata digits-mlp.

The model is the learner's choice. What comes back from a training are the weights of its layers,
and what the other layers compute at some points. The checks compute all predictions, losses and
accuracies from that. The images have their pixels in another order and their classes renamed. The
labels of the test part that the module gets are wrong on purpose: only the check knows the true
ones.
"""

from dataclasses import fields

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_object,
    points,
    raises,
    shown,
    slow,
)
from refnn.digits.data import Split, frozen_split, writer_split

CLASSES = 10
POINTS = np.array([[-3.0, -0.7, -0.2, 0.3, 0.8, 2.5]])
"""Where the probes ask for what a layer without parameters computes."""


def softmax(z):
    """Return the probabilities of each row."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


FORMULAS = {
    "ReLU": lambda z: np.maximum(z, 0.0),
    "Tanh": np.tanh,
    "Sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z)),
    "Dropout": lambda z: z,
    "Softmax": softmax,
}


# what came back


def wrong_type(what, got):
    """Return the error for a result of another type."""
    return CheckFailed(f"{what} was expected", rung="type", got=shown(got), expected=what)


def entry(named, name):
    """Return one entry of what should be a dict."""
    if type(named) is not dict or name not in named:
        raise wrong_type(f'a dict with "{name}"', named)
    return named[name]


def number_in(got, what):
    """Return what should be a finite number."""
    kinds = int | float | np.integer | np.floating
    if not isinstance(got, kinds) or type(got) is bool or not np.isfinite(got):
        raise wrong_type(f"a finite number for {what}", got)
    return float(got)


def numbers_in(got, what, count):
    """Return what should be a list, a tuple or an array of some finite numbers."""
    numbers = got.tolist() if isinstance(got, np.ndarray) else got
    if not isinstance(numbers, list | tuple):
        raise wrong_type(f"a list of numbers for {what}", got)
    assert_equal(len(numbers), count)
    return [number_in(number, what) for number in numbers]


def counts_in(got, size=CLASSES):
    """Return what should be a matrix of integers."""
    if not isinstance(got, np.ndarray) or got.dtype.kind not in "iu":
        raise wrong_type("an array of integers", got)
    assert_equal(got.shape, (size, size))
    return got.astype(np.int64)


def network_in(got):
    """Return the layers that came back, as (W, b) or as a formula, once they fit together."""
    if not isinstance(got, list | tuple) or not got:
        raise wrong_type("a model with layers", got)
    network, width = [], 64
    for layer in got:
        if not isinstance(layer, list | tuple) or len(layer) != 3 or type(layer[1]) is not dict:
            raise wrong_type("a layer", layer)
        name, params, values = layer
        if params:
            W, b = entry(params, "W"), entry(params, "b")
            for array, ndim in ((W, 2), (b, 1)):
                if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
                    raise wrong_type("an array of floats", array)
                assert_equal(array.ndim, ndim)
                if not np.isfinite(array).all():
                    raise CheckFailed("a weight is not finite", rung="finite", got=shown(array))
            assert_equal([len(W), W.shape[1]], [width, len(b)])
            network.append((W, b))
            width = len(b)
        else:
            network.append(formula_of(name, values))
    assert_equal(width, CLASSES)
    if network[-1] is not FORMULAS["Softmax"]:
        raise CheckFailed("the last layer should be a Softmax", got=shown(str(got[-1][0])))
    return network


def formula_of(name, values):
    """Return the formula that a layer computes, by its values at the points."""
    for formula in FORMULAS.values():
        expected = formula(POINTS)
        fits = isinstance(values, np.ndarray) and values.shape == expected.shape
        if fits and np.allclose(values, expected, rtol=1e-9, atol=1e-12):
            return formula
    raise CheckFailed(
        f"layers may be Dense, {', '.join(FORMULAS)}, and this layer computes something else",
        got=shown(str(name)),
    )


def probabilities(network, X):
    """Return the predictions of the layers that came back."""
    for layer in network:
        X = layer(X) if callable(layer) else X @ layer[0] + layer[1]
    return X


def share_of(network, X, y):
    """Return the share of samples that are classified correctly."""
    return float((probabilities(network, X).argmax(axis=1) == y).mean())


def loss_of(network, X, y):
    """Return the mean cross-entropy."""
    own = probabilities(network, X)[np.arange(len(y)), y]
    return float(-np.log(np.maximum(own, 1e-300)).mean())


def two_of(got):
    """Return what should be two values."""
    if not isinstance(got, list | tuple) or len(got) != 2:
        raise wrong_type("accuracy and confusion", got)
    return got


def weights_in(network):
    """Return all weights of a network, one array."""
    return np.concatenate([np.ravel(part) for lay in network if not callable(lay) for part in lay])


def same(one, other):
    """Return whether two networks have equal weights."""
    one, other = weights_in(one), weights_in(other)
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-9, atol=1e-12))


def assert_learnt(solution, parts, seed, network):
    """Fail unless the training of these images has lowered their loss."""
    start = network_in(solution.probe.weights_after(parts, seed, 0))
    before, after = loss_of(start, *parts[:2]), loss_of(network, *parts[:2])
    told = f"the loss of the training images was {before:.3f} before and is {after:.3f} after it"
    assert after < before - 0.03, told


# what the modules get


def disguised(rng, split=None):
    """Return a split with pixels in another order and classes renamed, as four true arrays."""
    split = split or frozen_split()
    pixels, classes = rng.permutation(64), rng.permutation(CLASSES)
    return [
        split.X_train[:, pixels], classes[split.y_train],
        split.X_test[:, pixels], classes[split.y_test],
    ]  # fmt: skip


def with_decoys(rng, parts):
    """Return the split that the module gets: the labels of the test part are drawn."""
    return [*parts[:3], rng.integers(0, CLASSES, len(parts[3]))]


def few(rng, n, m):
    """Return n training images, about as many of each digit, and m test images, drawn labels."""
    X, y, X_test, _ = disguised(rng)
    order = rng.permutation(len(X))
    place = np.empty(len(X), dtype=int)
    for digit in range(CLASSES):
        own = order[y[order] == digit]
        place[own] = np.arange(len(own))
    rows = rng.permutation(order[np.argsort(place[order], kind="stable")][:n])
    others = rng.permutation(len(X_test))[:m]
    y_test = rng.integers(0, CLASSES, m)
    y_test[-1:] = CLASSES - 1  # the largest class occurs in every test part
    return [X[rows], y[rows], X_test[others], y_test]


def one_label(rng, n, m):
    """Return images as `few`, all with one training label, and how many test images have it.

    A model soon gives this label to every image.
    """
    X, _, X_test, y_test = few(rng, n, m)
    own = int(rng.integers(CLASSES))
    y_test[: int(rng.integers(m // 3, m // 2))] = own
    return [X, np.full(n, own), X_test, y_test], float(np.mean(y_test == own))


def seed_of(rng):
    """Draw the seed of a generator."""
    return int(rng.integers(2**31))


# confusion_matrix


def test_confusion_of_the_example(solution):
    """The labels (0, 0, 1, 2), predicted as (0, 1, 1, 0), are counted as in the lesson."""
    y, pred = np.array([0, 0, 1, 2]), np.array([0, 1, 1, 0])
    expected = np.array([[1, 1, 0], [0, 1, 0], [1, 0, 0]])
    assert_equal(counts_in(solution.confusion_matrix(y, pred, 3), 3), expected)
    assert_equal(counts_in(solution.confusion_matrix(pred, y, 3), 3), expected.T.copy())


@points(3)
def test_confusion_counts_every_sample(solution, rng):
    """Row i, column j has the number of samples of class i that were predicted as class j."""
    for n, classes in ((30, 4), (80, 10), (1, 10), (0, 3), (200, 6)):
        y, pred = rng.integers(0, classes, (2, n))
        if n > 50:  # a class that does not occur
            y, pred = np.minimum(y, classes - 2), np.minimum(pred, classes - 2)
        expected = np.zeros((classes, classes), dtype=np.int64)
        for true, read in zip(y, pred, strict=True):
            expected[true, read] += 1
        got = (
            solution.confusion_matrix(y, pred)
            if classes == CLASSES
            else solution.confusion_matrix(y, pred, classes)
        )
        assert_equal(counts_in(got, classes), expected)


def test_confusion_refuses_what_cannot_be_counted(solution, rng):
    """Other shapes than (N,) twice, and classes below 0 or above C - 1, raise a ValueError."""
    for n in (6, 9):
        pairs = rng.permutation(16)[:n]
        y, pred = pairs // 4, pairs % 4
        expected = np.zeros((4, 4), dtype=np.int64)
        for true, read in zip(y, pred, strict=True):
            expected[true, read] += 1
        assert_equal(counts_in(solution.confusion_matrix(y, pred, 4), 4), expected)
        for wrong in (y[:-1], y[:, None], y[None, :], y[:1]):
            with raises(ValueError):
                solution.confusion_matrix(wrong, pred, 4)
            with raises(ValueError):
                solution.confusion_matrix(pred, wrong, 4)
        with raises(ValueError):
            solution.confusion_matrix(y[:, None], pred[:, None], 4)
        with raises(ValueError):
            solution.confusion_matrix(1, 2, 4)
        for number in (-1, 4, 7):
            wrong = np.where(np.arange(n) == 2, number, y)
            with raises(ValueError):
                solution.confusion_matrix(wrong, pred, 4)
            with raises(ValueError):
                solution.confusion_matrix(pred, wrong, 4)


# build_model


@points(4)
def test_the_model_gives_ten_probabilities(solution, rng):
    """A model takes 64 pixels and predicts ten probabilities; it is compiled to be evaluated."""
    for n in (5, 1, 40):
        X, y, *_ = few(rng, n, 1)
        seed = seed_of(rng)
        got = solution.probe.predicted(seed, X)
        network = network_in(entry(got, "layers"))
        assert_close(entry(got, "predictions"), probabilities(network, X), rtol=1e-7, atol=1e-12)
        measured = solution.probe.evaluated(seed, X, y)
        if not isinstance(measured, list | tuple) or not measured:
            raise wrong_type("a tuple that begins with the loss", measured)
        assert_close(number_in(measured[0], "the loss"), loss_of(network, X, y), rtol=1e-7)


@points(3)
def test_the_first_loss_is_that_of_a_guess(solution, rng):
    """Before training, the loss on the digits is within 5 % of ln 10 = 2.303."""
    for seed in (0, 1, 2, 3, 4, 5, seed_of(rng)):
        X, y, *_ = few(rng, 400, 2)
        got = solution.probe.predicted(seed, X)
        network = network_in(entry(got, "layers"))
        assert_close(loss_of(network, X, y), float(np.log(CLASSES)), rtol=0.05)
        assert_close(entry(got, "predictions"), probabilities(network, X), rtol=1e-7, atol=1e-12)


def test_the_first_weights_come_from_rng(solution, rng):
    """Equal states of rng give equal models, other states give others."""
    for n in (3, 8):
        X, seed = rng.uniform(0, 1, (n, 64)), seed_of(rng)
        got = [solution.probe.predicted(s, X) for s in (seed, seed, seed + 1)]
        first, again, other = (network_in(entry(answer, "layers")) for answer in got)
        assert same(first, again), "equal seeds give other weights"
        assert not same(first, other), "another seed gives the same weights"
        assert_close(entry(got[0], "predictions"), probabilities(first, X), rtol=1e-7, atol=1e-12)
        assert entry(got[0], "global generators") is False, "a global generator was used"


# train_model


@points(2)
def test_training_gives_a_result(solution, rng):
    """train_model returns a Result: model, initial_loss, history, accuracy and confusion."""
    for n, epochs in ((20, 2), (33, 1), (20, int(rng.integers(3, 9)))):
        parts = few(rng, n, 6)
        split = solution.probe.split_of(parts)
        result = assert_object(
            solution.train_model(split, solution.rng(3), epochs=epochs), "Result"
        )
        model = assert_object(result.model, "Sequential")
        assert_equal(np.shape(model.predict(parts[2])), (6, CLASSES))
        numbers_in(entry(result.history, "loss"), "the loss", epochs)
        number_in(result.initial_loss, "initial_loss")
        number_in(result.accuracy, "accuracy")
        if not isinstance(result.confusion, np.ndarray):
            raise wrong_type("an array for confusion", result.confusion)


@points(2)
def test_initial_loss_is_measured_before_the_first_step(solution, rng):
    """initial_loss is the mean loss of the training part, with the weights before training."""
    for n in (40, 90):
        parts, seed = few(rng, n, 30), seed_of(rng)
        start = network_in(solution.probe.weights_after(parts, seed, 0))
        for epochs in (0, 2):
            got = solution.probe.trained(parts, seed, epochs, ["initial_loss"])
            loss = number_in(entry(got, "initial_loss"), "initial_loss")
            assert_close(loss, loss_of(start, *parts[:2]), rtol=1e-7)


@points(2)
def test_epochs_are_counted(solution, rng):
    """0 epochs change nothing, and each epoch changes the weights and adds a loss."""
    for n in (64, 96):
        parts, seed = few(rng, n, 20), seed_of(rng)
        found = []
        for epochs in (0, 1, 8):
            if found:  # the first epoch has the best accuracy of all on this test part
                parts[3] = probabilities(found[-1], parts[2]).argmax(axis=1)
            got = solution.probe.trained(parts, seed, epochs, ["history"])
            numbers_in(entry(entry(got, "history"), "loss"), "the loss", epochs)
            found.append(network_in(entry(got, "layers")))
        again = network_in(solution.probe.weights_after(parts, seed, 0))
        assert same(found[0], again), "two trainings of 0 epochs give other weights"
        assert not same(found[0], found[1]), "one epoch changed nothing"
        assert not same(found[1], found[2]), "eight epochs are one epoch"
        assert_learnt(solution, parts, seed, found[2])


@points(3)
def test_accuracy_and_confusion_are_those_of_the_test_part(solution, rng):
    """accuracy and confusion count the test part, with its own labels."""
    for n, m in ((60, 50), (40, 24)):
        parts, share = one_label(rng, n, m)
        accuracy, confusion = two_of(solution.probe.tested(parts, seed_of(rng), 20))
        expected = np.zeros((CLASSES, CLASSES), dtype=np.int64)
        expected[:, parts[1][0]] = np.bincount(parts[3], minlength=CLASSES)
        assert_close(number_in(accuracy, "accuracy"), share)
        assert_equal(counts_in(confusion), expected)


@points(2)
def test_predictions_are_those_of_the_returned_model(solution, rng):
    """The confusion matrix belongs to the weights of the returned model."""
    for n, m in ((60, 150), (70, 40)):
        parts = few(rng, n, m)
        got = solution.probe.trained(parts, seed_of(rng), 4, ["confusion"])
        read = probabilities(network_in(entry(got, "layers")), parts[2]).argmax(axis=1)
        expected = np.zeros((CLASSES, CLASSES), dtype=np.int64)
        for true, pred in zip(parts[3], read, strict=True):
            expected[true, pred] += 1
        assert_equal(counts_in(entry(got, "confusion")), expected)


@points(4)
def test_thirty_two_images_are_learnt_by_heart(solution, rng):
    """A model that sees 32 images 200 times knows all their labels, even drawn ones."""
    for seed in (0, 1):
        parts = few(rng, 32, 10)
        parts[1] = rng.permutation(np.arange(32) % CLASSES)
        network = network_in(solution.probe.weights_after(parts, seed, 200))
        assert_close(share_of(network, parts[0], parts[1]), 1.0)


@points(8)
def test_nothing_depends_on_the_test_part(solution, rng):
    """Trainings with one seed and other test parts give the same weights."""
    for n in (64, 96):
        parts, seed = few(rng, n, 80), seed_of(rng)
        early = network_in(solution.probe.weights_after(parts, seed, 1))
        # The first epoch has the best accuracy of all on this test part.
        parts[3] = probabilities(early, parts[2]).argmax(axis=1)
        first = network_in(solution.probe.weights_after(parts, seed, 8))
        assert not same(early, first), "eight epochs are one epoch"
        for m in (80, 50):
            other = [*parts[:2], *few(rng, n, m)[2:]]
            got = network_in(solution.probe.weights_after(other, seed, 8))
            assert same(first, got), "with another test part, the training gives other weights"
        assert_learnt(solution, parts, seed, first)


@points(2)
def test_the_test_part_is_seen_once(solution, rng):
    """No model sees the test part before the last step, not even to be measured."""
    for n in (64, 96):
        parts, seed = few(rng, n, 20), seed_of(rng)
        early = network_in(solution.probe.weights_after(parts, seed, 1))
        parts[3] = probabilities(early, parts[2]).argmax(axis=1)
        # The accuracy in this answer is not judged: it shows who reports the best one.
        got = solution.probe.test_seen(parts, seed, 8)
        assert not same(early, network_in(entry(got, "layers"))), "eight epochs are one epoch"
        assert_equal(entry(got, "early looks"), 0)


@points(4)
def test_every_epoch_mixes_all_training_images(solution, rng):
    """Each epoch uses each training image once, and in a new order."""
    for low in (40, 60):
        n, epochs = low + int(rng.integers(20)), 3
        parts = few(rng, n, 10)
        rows = solution.probe.rows_taken(parts, seed_of(rng), epochs)
        if not isinstance(rows, list | tuple) or len(rows) != n * epochs:
            raise CheckFailed(
                f"{n} images and {epochs} epochs should give {n * epochs} uses of an image",
                got=shown(rows), expected=f"{n * epochs} row numbers",
            )  # fmt: skip
        orders = [list(rows[k * n : (k + 1) * n]) for k in range(epochs)]
        for order in orders:
            assert sorted(map(str, order)) == sorted(map(str, range(n))), (
                "in an epoch, not every training image is used exactly once"
            )
        assert orders[0] != list(range(n)), "the images are taken in the order of X_train"
        assert orders[0] != orders[1] != orders[2], "two epochs have the same order"


@points(2)
def test_the_same_seed_gives_the_same_result(solution, rng):
    """All random numbers come from rng: equal states give equal results, others do not."""
    for n in (64, 96):
        parts, seed = few(rng, n, 20), seed_of(rng)
        got = [solution.probe.trained(parts, s, 8, ["history"]) for s in (seed, seed, seed + 1)]
        first, again, other = (network_in(entry(answer, "layers")) for answer in got)
        assert same(first, again), "equal seeds give other weights"
        assert not same(first, other), "another seed gives the same weights"
        losses = [
            numbers_in(entry(entry(answer, "history"), "loss"), "the loss", 8) for answer in got
        ]
        assert_close(losses[1], losses[0])
        assert entry(got[0], "global generators") is False, "a global generator was used"
        assert_learnt(solution, parts, seed, first)


def test_training_leaves_the_data_alone(solution, rng):
    """The arrays of the split are the same after training as before."""
    for n in (40, 25):
        parts, seed = few(rng, n, 10), seed_of(rng)
        got = solution.probe.changed(parts, seed)
        network = network_in(entry(got, "layers"))
        assert not same(network, network_in(solution.probe.weights_after(parts, seed, 0)))
        arrays = entry(got, "arrays")
        if not isinstance(arrays, list | tuple) or len(arrays) != len(fields(Split)):
            raise wrong_type("a list", arrays)
        for now, before in zip(arrays, parts, strict=True):
            assert_equal(now, before)


def test_progress_is_told_after_every_epoch(solution, rng):
    """on_epoch is called after each epoch with its number, from 1, and its values."""
    for epochs in (1, int(rng.integers(2, 9)), int(rng.integers(9, 25))):
        parts, seed = few(rng, 30, 5), seed_of(rng)
        got = solution.probe.progress(parts, seed, epochs)
        assert_equal(entry(got, "epochs"), list(range(1, epochs + 1)))
        history = numbers_in(entry(got, "history"), "the loss", epochs)
        assert_close(numbers_in(entry(got, "losses"), "the loss", epochs), history)


# measure_new_writers


@points(2)
def test_every_writer_gets_an_accuracy(solution, rng):
    """measure_new_writers gives one accuracy per split, in order, each on its own test part."""
    for count in (1, 3):
        drawn = [one_label(rng, 40 + 5 * k, 50 + 10 * k) for k in range(count)]
        got = solution.probe.new_writers([parts for parts, _ in drawn], seed_of(rng), 20)
        assert_close(got, np.array([share for _, share in drawn]))
    assert_close(solution.probe.new_writers([], seed_of(rng), 1), np.empty(0))


@points(4)
def test_every_writer_gets_a_new_model(solution, rng):
    """measure_new_writers calls train_model with rng once per split: each model is a new one."""
    for count in (3, 2, 4):
        many = []
        for k in range(count):  # the test part is the training part, with its labels
            X, _, _, y = few(rng, 50 + 7 * k, 50 + 7 * k)
            many.append([X, y, X, y])
        seed = seed_of(rng)
        layers = solution.probe.weights_per_split(many, seed, 1)
        if not isinstance(layers, list | tuple):
            raise wrong_type("a list", layers)
        assert_equal(len(layers), count)
        expected = [
            share_of(network_in(found), *parts[2:])
            for found, parts in zip(layers, many, strict=True)
        ]
        assert_close(solution.probe.new_writers(many, seed, 1), np.array(expected))


# trainings of full length


@slow
@points(3)
def test_images_that_come_sorted_are_read_too(solution, rng):
    """Also if the training part is sorted by digit, at least 90 % of the test images are read."""
    X, y, X_test, y_test = disguised(rng)
    order = np.argsort(y, kind="stable")
    parts = with_decoys(rng, [X[order], y[order], X_test, y_test])
    share = share_of(network_in(solution.probe.weights_after(parts, 0)), X_test, y_test)
    assert share >= 0.9, f"only {share:.1%} of the test images were read"


@slow
@points(2)
def test_shuffled_labels_teach_nothing(solution, rng):
    """With shuffled training labels, at most 20 in 100 test images are read correctly."""
    found = []
    for seed in (0, 1):
        X, y, X_test, y_test = disguised(rng)
        y = rng.permutation(y)
        parts = with_decoys(rng, [X, y, X_test, y_test])
        network = network_in(solution.probe.weights_after(parts, seed))
        start = network_in(solution.probe.weights_after(parts, seed, 0))
        assert not same(network, start), "nothing was trained"
        found.append(share_of(network, X_test, y_test))
    assert max(found) <= 0.2, f"{max(found):.1%} of the test images were read; 10 % is chance"


@slow
@points(22)
def test_the_digits_are_read(solution, rng):
    """Of three trainings, each reads 97.0 % of the test images, and the middle one 97.5 %."""
    found = []
    for seed in (0, 1, 2):
        parts = disguised(rng)
        network = network_in(solution.probe.weights_after(with_decoys(rng, parts), seed))
        found.append(share_of(network, *parts[2:]))
    lowest, middle, _ = sorted(found)
    told = ", ".join(f"{share:.2%}" for share in found)
    assert lowest >= 0.97, f"the three trainings read {told}; each should read 97.0 %"
    assert middle >= 0.975, f"the three trainings read {told}; the middle one should read 97.5 %"


@slow
@points(5)
def test_new_writers_are_read_too(solution, rng):
    """Of writers that are not in the training part, 85 % of the images are read on average."""
    found = []
    for block in (0, 3, 6, 11):
        parts = disguised(rng, writer_split(block))
        network = network_in(solution.probe.weights_after(with_decoys(rng, parts), block))
        found.append(share_of(network, *parts[2:]))
    mean = sum(found) / len(found)
    assert mean >= 0.85, f"of the images of four new writers, only {mean:.1%} were read"
