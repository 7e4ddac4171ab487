"""Hidden checks of the kata data-pipeline."""

import numpy as np

from nnkata.testing import (
    assert_close,
    assert_equal,
    assert_object,
    assert_unchanged,
    points,
    raises,
)


def numbered(rng, n, *shape):
    """Draw n samples whose first number is their row."""
    X = rng.normal(size=(n, *shape))
    X.reshape(n, int(np.prod(shape)))[:, 0] = np.arange(n)
    return X


def seed_of(rng):
    """Draw the seed of a generator."""
    return int(rng.integers(2**31))


def parts(n, tests):
    """Return the facts of a right split."""
    return {
        "sizes": [n - tests, tests, n - tests, tests],
        "every sample once": True,
        "samples unchanged": True,
        "labels belong to their samples": True,
        "dtypes": ["float64", "float64", "int64", "int64"],
    }


def scaled(train, X):
    """Standardize with sums over single columns."""
    columns = []
    for column, numbers in zip(train.T.astype(float), X.T.astype(float), strict=True):
        mean = sum(column) / len(column)
        deviation = (sum((column - mean) ** 2) / len(column)) ** 0.5
        columns.append((numbers - mean) / deviation)
    return np.array(columns).T


def fit(solution, X):
    """Make a Standardizer and fit it."""
    scaler = solution.Standardizer()
    scaler.fit(X)
    return scaler


def test_standardizes_the_example(solution):
    """The training column (2, 4, 6) becomes (-1.225, 0, 1.225), and the test value 10 3.674."""
    scaler = fit(solution, np.array([[2.0], [4.0], [6.0]]))
    expected = np.array([[-1.224744871391589], [0.0], [1.224744871391589]])
    assert_close(scaler.transform(np.array([[2.0], [4.0], [6.0]])), expected)
    assert_close(scaler.transform(np.array([[10.0]])), np.array([[3.674234614174767]]))


@points(13)
def test_split_keeps_samples_and_labels_together(solution, rng):
    """After a split, each sample still has its own label, and each sample is in one part."""
    for n, shape in ((40, (2,)), (60, (3,)), (50, (2, 2))):
        n += 2 * int(rng.integers(10))
        X, y = numbered(rng, n, *shape), rng.permutation(n)
        got = solution.probe.split_facts(seed_of(rng), X, y, 0.5)
        assert_equal(got, parts(n, n // 2))


@points(4)
def test_share_of_the_test_part(solution, rng):
    """test_size is the share of the samples in the test part, within one sample."""
    for share in (0.25, 0.1, 0.8):
        n = 20 * int(rng.integers(2, 9))
        X, y = numbered(rng, n, 2), rng.permutation(n)
        got = solution.probe.split_facts(seed_of(rng), X, y, share)
        assert_equal(got, parts(n, round(share * n)))
    for n, share in ((7, 0.3), (23, 0.35)):
        X, y = numbered(rng, n, 2), rng.permutation(n)
        got = solution.probe.split_facts(seed_of(rng), X, y, share)
        if got != parts(n, int(share * n)):
            assert_equal(got, parts(n, int(share * n) + 1))


@points(2)
def test_split_is_random(solution, rng):
    """Other generators give other splits, and the same seed gives the same split."""
    for n in (2 * rng.integers(20, 40, 2)).tolist():
        one, two = seed_of(rng), seed_of(rng)
        got = solution.probe.compare_splits([one, two, one], n)
        assert_equal(got, [n + 1, [True, False, True]])


@points(4)
def test_stratified_classes(solution, rng):
    """With stratify, each class has its share of the test part, within one sample."""
    for share in (0.2, 0.5, 0.3):
        sizes = 9 * rng.permutation(np.arange(1, 9)) + 1
        y = rng.permutation(np.repeat(np.arange(8), sizes))
        X = numbered(rng, len(y), 2)
        got = solution.probe.class_shares(seed_of(rng), X, y, share)
        assert_equal(got, {str(k): [int(size), True] for k, size in enumerate(sizes)})


@points(2)
def test_stratified_samples_keep_their_labels(solution, rng):
    """With stratify, each sample is in one part and has its own label."""
    for classes in (2, 5):
        y = rng.permutation(np.repeat(np.arange(classes), 2 * rng.integers(5, 20, classes)))
        X = numbered(rng, len(y), 3)
        got = solution.probe.split_facts(seed_of(rng), X, y, 0.5, {"stratify": True})
        assert_equal(got, parts(len(y), len(y) // 2))


@points(4)
def test_groups_are_not_divided(solution, rng):
    """All samples of a group are in the same part, and the groups have their share."""
    for share in (0.5, 0.6):
        size = int(rng.integers(35, 45))
        groups = rng.permutation(np.repeat(rng.permutation(100)[:30], size))
        n, tests = 30 * size, round(30 * share) * size
        X, y, seed = numbered(rng, n, 2), rng.permutation(n), seed_of(rng)
        got = solution.probe.split_facts(seed, X, y, share, {"groups": groups})
        assert_equal(got, parts(n, tests))
        got = solution.probe.group_facts(seed, X, y, share, groups)
        right = {"samples": n, "groups in the test part": round(30 * share), "in both parts": 0}
        assert_equal(got, right)


def test_refuses_what_cannot_be_split(solution, rng):
    """train_test_split raises a ValueError for lengths that differ, and for an empty part."""
    X, y = numbered(rng, 40, 2), rng.permutation(40)
    got = solution.probe.split_facts(seed_of(rng), X, y, 0.5)
    assert_equal(got, parts(40, 20))
    wrong = [(X, y[:5], 0.5, {}), (X[:1], y[:1], 0.5, {}),
             (X[:0], y[:0], 0.5, {}), (X, y, 0.5, {"groups": np.zeros(40)}),
             (X, y, 0.5, {"groups": np.arange(5)}),
             (X, y, 0.5, {"groups": np.arange(41)})]  # fmt: skip
    wrong += [(X, y, share, {}) for share in (0.0, 1.0, -0.5, 1.5, 3, np.inf)]
    wrong.append((X, y % 2, 0.5, {"groups": np.arange(40), "stratify": True}))
    for samples, labels, share, options in wrong:
        with raises(ValueError):
            solution.train_test_split(samples, labels, share, solution.rng(1), **options)


@points(3)
def test_standardizes_each_column(solution, rng):
    """The training columns get the mean 0 and the deviation 1, with N in the denominator."""
    for n, d in ((3, 3), (7, 4), (50, 2)):
        X = rng.normal(size=(n, d)) * [*range(1, d + 1)] + rng.normal(size=d) * 10.0
        scaler = fit(solution, X)
        assert_close(scaler.transform(X), scaled(X, X), rtol=1e-7, atol=1e-9)
        assert_close(scaler.transform(X[:1]), scaled(X, X[:1]), rtol=1e-7, atol=1e-9)


@points(4)
def test_other_data_is_measured_with_the_training_data(solution, rng):
    """transform uses the mean and the deviation that fit stored, even for a single sample."""
    for n, d in ((8, 3), (5, 2)):
        X, other = rng.normal(size=(n, d)) * 2.0, rng.normal(size=(6, d)) * 5.0 + 3.0
        scaler = fit(solution, X)
        for part in (other, other[:1], other[1:3], other):
            assert_close(scaler.transform(part), scaled(X, part), rtol=1e-7, atol=1e-9)


def test_second_fit_replaces_the_first(solution, rng):
    """After a second fit, transform uses the second data, and fit returns the object."""
    for d in (2, 3):
        X, other = rng.normal(size=(5, d)), rng.normal(size=(9, d)) * 4.0 + 2.0
        scaler = solution.Standardizer()
        for data in (X, other):
            assert assert_object(scaler.fit(data), "Standardizer") is scaler, (
                "fit returned another object"
            )
            assert_close(scaler.transform(X), scaled(data, X), rtol=1e-7, atol=1e-9)


@points(2)
def test_constant_columns(solution, rng):
    """A column with equal training numbers is only shifted."""
    for n in (4, 7):
        X = rng.normal(size=(n, 3))
        X[:, 1] = float(rng.integers(-9, 9))
        other = rng.normal(size=(5, 3)) * 2.0
        expected = scaled(np.delete(X, 1, axis=1), np.delete(other, 1, axis=1))
        expected = np.insert(expected, 1, other[:, 1] - X[0, 1], axis=1)
        assert_close(fit(solution, X).transform(other), expected, rtol=1e-7, atol=1e-9)
    X = rng.normal(size=(1, 3))
    assert_close(fit(solution, X).transform(X + 2.0), np.full((1, 3), 2.0))


@points(2)
def test_constant_columns_of_rounded_numbers(solution, rng):
    """100 training numbers that are all 0.1 are a constant column too, and become 0."""
    for n, value in ((100, 0.1), (6, 0.1), (100, 0.7)):
        X = rng.normal(size=(n, 2))
        X[:, 0] = value
        got = fit(solution, X).transform(X)
        expected = np.column_stack([np.zeros(n), scaled(X[:, 1:], X[:, 1:])[:, 0]])
        assert_close(got, expected, rtol=1e-7, atol=1e-9)


@points(2)
def test_standardizer_keeps_the_precision_it_is_given(solution, rng):
    """float32 gives float32, and integers are converted to float64."""
    for n in (4, 6):
        X = rng.permutation(np.arange(3 * n)).reshape(n, 3)
        assert_close(fit(solution, X).transform(X), scaled(X, X), rtol=1e-7, atol=1e-9)
        small = X.astype(np.float32)
        expected = scaled(X, X).astype(np.float32)
        assert_close(fit(solution, small).transform(small), expected, rtol=1e-3, atol=1e-4)
        assert_close(
            fit(solution, X.astype(float)).transform(small), expected, rtol=1e-4, atol=1e-5
        )


def test_transform_needs_a_fit(solution, rng):
    """transform without a fit raises a RuntimeError."""
    X = rng.normal(size=(4, 2))
    assert_close(fit(solution, X).transform(X), scaled(X, X), rtol=1e-7, atol=1e-9)
    with raises(RuntimeError):
        solution.Standardizer().transform(X)


def test_standardizer_refuses_other_shapes(solution, rng):
    """fit and transform raise a ValueError for other shapes; transform takes no samples, too."""
    X = rng.normal(size=(4, 3))
    scaler = fit(solution, X)
    assert_close(scaler.transform(X), scaled(X, X), rtol=1e-7, atol=1e-9)
    assert_close(scaler.transform(X[:0]), np.empty((0, 3)))
    for other in (X[0], X[:, :2], X[:, :1], X[np.newaxis], np.ones((4, 4))):
        with raises(ValueError):
            scaler.transform(other)
    for other in (X[0], X[:0], X[np.newaxis]):
        with raises(ValueError):
            solution.Standardizer().fit(other)


def epoch(sizes, in_order):
    """Return the facts of a right epoch."""
    return {
        "sizes": sizes,
        "no sample twice": True,
        "in order": in_order,
        "labels belong to their samples": True,
    }


def sizes_of(n, size, drop_last=False):
    """Return the sizes of the batches."""
    sizes = [min(size, n - start) for start in range(0, n, size)]
    return [s for s in sizes if s == size] if drop_last else sizes


@points(2)
def test_minibatches_in_order(solution, rng):
    """Without rng, the batches contain the samples in their own order, each once."""
    for n, size, shape in ((7, 3, (2,)), (6, 3, (2, 2)), (3, 9, (1,)), (0, 4, (2,))):
        n += size * int(rng.integers(3)) * (n > 0)
        X, y = numbered(rng, n, *shape), rng.permutation(n)
        got = solution.probe.epoch_facts(None, X, y, size)
        assert_equal(got, epoch(sizes_of(n, size), True))


@points(8)
def test_shuffled_minibatches_keep_their_labels(solution, rng):
    """With rng, the samples come in a random order, each once and with its own label."""
    for size in (5, 8, 30):
        n = 41 + 2 * int(rng.integers(9))
        X, y = numbered(rng, n, 2), rng.permutation(n)
        got = solution.probe.epoch_facts(seed_of(rng), X, y, size)
        assert_equal(got, epoch(sizes_of(n, size), False))


@points(2)
def test_each_epoch_has_a_new_order(solution, rng):
    """Each call with the same generator gives a new order, and the same seed gives the same."""
    for size in (4, 7):
        n = int(rng.integers(30, 60))
        assert_equal(solution.probe.epochs(seed_of(rng), n, size), {
            "samples": [n] * 3,
            "second as first": False,
            "third as second": False,
            "same seed, same order": True,
        })  # fmt: skip


def test_leaves_out_a_short_last_batch(solution, rng):
    """With drop_last, a last batch with fewer samples is left out, and a full one is not."""
    # Python shares small whole numbers, so sizes that are compared with `is` need a large batch.
    for n, size in ((23, 5), (20, 5), (9, 3), (2, 4), (1500, 1100)):
        n += size * int(rng.integers(1, 4)) * (n > size)
        X, y = numbered(rng, n, 2), rng.permutation(n)
        got = solution.probe.epoch_facts(None, X, y, size, drop_last=True)
        assert_equal(got, epoch(sizes_of(n, size, True), True))


def test_refuses_batches_that_do_not_fit(solution, rng):
    """A batch size below 1, or lengths that differ, raise ValueError."""
    X, y = numbered(rng, 12, 2), rng.permutation(12)
    got = solution.probe.epoch_facts(None, X, y, 4)
    assert_equal(got, epoch([4, 4, 4], True))
    for samples, labels, size in ((X, y, 0), (X, y, -2), (X, y[:11], 4), (X[:11], y, 4)):
        with raises(ValueError):
            solution.probe.epoch_facts(None, samples, labels, size)


def test_uses_only_the_generator_it_is_given(solution, rng):
    """Random numbers come from rng, and not from a global generator, numpy's or Python's."""
    for n in (1 + 2 * rng.integers(10, 30, 2)).tolist():
        assert_equal(solution.probe.uses_global_generator(seed_of(rng), n), [n, False])


def test_leaves_its_arguments_alone(solution, rng):
    """No function changes X or y."""
    for n in (12, 15):
        X, y = numbered(rng, n, 3), rng.permutation(n)
        assert_equal(solution.probe.changes(seed_of(rng), X, y), [X, y])
    before = X.copy()
    scaler = fit(solution, X)
    assert_close(scaler.transform(X), scaled(before, before), rtol=1e-7, atol=1e-9)
    assert_unchanged(X, before)
