"""Hidden checks of the kata batch-predict."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_arguments_unchanged,
    assert_close,
    assert_equal,
    points,
    raises,
)

PAIRS = ((7, 3), (6, 3), (5, 1), (4, 9), (3, 3), (23, 5))
"""Numbers of rows, and sizes of batches."""


def rows(n, size):
    """Return the rows of each batch."""
    return [list(range(start, min(n, start + size))) for start in range(0, n, size)]


def assert_classes(got, expected):
    """Fail unless `got` is an array of these integers, of any integer dtype."""
    if isinstance(got, np.ndarray) and got.dtype.kind not in "iu":
        words = f"dtype {got.dtype}"
        raise CheckFailed(f"got {words}, expected integers", rung="dtype", got=words)
    assert_close(got, np.asarray(expected), dtype=False)


def some_sizes(rng):
    """Return PAIRS and some more that are drawn."""
    return (*PAIRS, *((int(rng.integers(10, 60)), int(rng.integers(2, 9))) for _ in range(4)))


def test_batches_of_the_example(solution):
    """batches(7, 3) gives the rows 0 to 2, 3 to 5, and 6."""
    assert_equal(solution.probe.rows_of_batches(7, 3), [[0, 1, 2], [3, 4, 5], [6]])
    assert_equal(solution.probe.rows_of_batches(6, 3), [[0, 1, 2], [3, 4, 5]])


@points(10)
def test_batches_contain_each_row_once(solution, rng):
    """Each row is in exactly one batch, in order; only the last is shorter, and none is empty."""
    for n, size in some_sizes(rng):
        assert_equal(solution.probe.rows_of_batches(n, size), rows(n, size))


def test_no_rows_no_batches(solution, rng):
    """For n = 0 there are no batches."""
    for size in (1, int(rng.integers(2, 30))):
        n = size * int(rng.integers(2, 7))
        assert_equal(solution.probe.rows_of_batches(n, size), rows(n, size))
        assert_equal(solution.probe.rows_of_batches(0, size), [])


def test_refuses_batches_without_rows(solution, rng):
    """A batch size of 0 or below raises ValueError."""
    n = 4 * int(rng.integers(5, 12))
    assert_equal(solution.probe.rows_of_batches(n, 4), rows(n, 4))
    for size in (0, -1, -3):
        with raises(ValueError):
            solution.probe.rows_of_batches(n, size)
    with raises(ValueError):
        solution.predict_in_batches(solution.fn("lambda X: X + 1.0"), np.ones((3, 2)), 0)


@points(3)
def test_predicts_the_largest_score(solution, rng):
    """predict_classes gives the column of the largest score in each row."""
    for n, c in ((3, 3), (2, 3), (7, 4), (1, 5), (4, 2)):
        scores = rng.normal(size=(n, c)) * 10.0
        assert_classes(solution.predict_classes(scores), [row.index(max(row)) for row in
                       scores.tolist()])  # fmt: skip


@points(3)
def test_predicts_a_binary_class_from_one_logit(solution, rng):
    """With one column, the class is 1 where the logit is above 0, and 0 elsewhere."""
    for n in (8, 5, 1):
        signs = rng.permutation(np.where(np.arange(n) % 2, -1.0, 1.0))
        logits = (signs * rng.uniform(0.1, 0.4, n))[:, np.newaxis]
        assert_classes(solution.predict_classes(logits * 20), (signs > 0).astype(int))
        assert_classes(solution.predict_classes(logits), (signs > 0).astype(int))
    assert_classes(solution.predict_classes(np.array([[0.5], [0.0], [-0.5]])), [1, 0, 0])


def test_first_of_equal_scores(solution, rng):
    """Of equal largest scores, the first column is the predicted class."""
    for c in (3, 6):
        first = rng.integers(0, c - 1, 5)
        scores = (np.arange(c) >= first[:, np.newaxis]) * 2.5
        assert_classes(solution.predict_classes(scores), first)


def test_predicts_no_classes_for_no_samples(solution, rng):
    """predict_classes of no samples gives an empty array of integers, even for one column."""
    scores = rng.normal(size=(4, 3))
    assert_classes(solution.predict_classes(scores), scores.argmax(axis=1))
    for c in (3, 1):
        assert_classes(solution.predict_classes(np.empty((0, c))), np.empty(0, int))


def test_refuses_scores_of_another_shape(solution, rng):
    """predict_classes raises a ValueError unless the scores are (N, C) with C at least 1."""
    scores = rng.normal(size=(4, 3))
    assert_classes(solution.predict_classes(scores), scores.argmax(axis=1))
    for shape in ((3,), (2, 3, 4), (3, 0), ()):
        with raises(ValueError):
            solution.predict_classes(np.ones(shape))


@points(2)
def test_regression_gives_any_number(solution, rng):
    """The activation for "regression" returns the scores as they are."""
    for shape in ((4, 2), (3,), (5, 1)):
        z = rng.normal(size=shape) * 100.0
        assert_close(solution.probe.activate("regression", z, 3.0), z * 3.0)


@points(2)
def test_binary_gives_a_sigmoid(solution, rng):
    """The activation for "binary" gives sigmoid(z) for each score."""
    for shape in ((4, 1), (3,), (5, 2)):
        z = rng.normal(size=shape) * 3.0
        expected = 1.0 / (1.0 + np.exp(-3.0 * z))
        assert_close(solution.probe.activate("binary", z, 3.0), expected)


@points(2)
def test_multiclass_gives_a_softmax(solution, rng):
    """The activation for "multiclass" gives probabilities that add up to 1 in each row."""
    for shape in ((4, 3), (3, 3), (1, 5)):
        z = rng.normal(size=shape) * 3.0
        e = np.exp((z - z.max(axis=1, keepdims=True)) * 2.0)
        expected = e / e.sum(axis=1, keepdims=True)
        assert_close(solution.probe.activate("multiclass", z, 2.0), expected)


def test_refuses_an_unknown_task(solution, rng):
    """A task that is not regression, binary or multiclass raises ValueError."""
    z = rng.normal(size=(3, 2))
    assert_close(solution.probe.activate("regression", z, 3.0), z * 3.0)
    for task in ("classification", "", "Binary"):
        with raises(ValueError):
            solution.output_activation(task)


@points(4)
def test_predicts_what_one_call_predicts(solution, rng):
    """predict_in_batches(f, X, size) equals f(X), even with a short last batch."""
    for n, size in some_sizes(rng):
        X = rng.normal(size=(n, 2))
        got = solution.predict_in_batches(solution.fn("lambda X: X * 3.0 + 1.0"), X, size)
        assert_close(got, X * 3.0 + 1.0)


@points(3)
def test_calls_the_function_batch_by_batch(solution, rng):
    """f gets at most batch_size samples per call, and each sample once."""
    for n, size in some_sizes(rng)[:6]:
        X = rng.normal(size=(n, 2))
        calls = solution.probe.recorded_batches(X, size)
        if type(calls) is not list or any(type(call) is not list for call in calls):
            raise CheckFailed("f was not called with batches", rung="type")
        assert max(map(len, calls), default=0) <= size, "f got more samples than batch_size"
        assert_equal([row for call in calls for row in call], X.tolist())


@points(2)
def test_results_of_any_shape(solution, rng):
    """X may have more axes, and f may return one number per sample, or integers."""
    for n, size in ((7, 3), (4, 4), (5, 2)):
        X = rng.normal(size=(n, 3, 2))
        sums = solution.fn("lambda X: X.sum(axis=(1, 2))")
        assert_close(solution.predict_in_batches(sums, X, size), X.sum(axis=(1, 2)), rtol=1e-8)
        signs = solution.fn("lambda X: (X[:, 0] > 0).astype(np.int32)")
        got = solution.predict_in_batches(signs, X, size)
        assert_equal(got, (X[:, 0] > 0).astype(np.int32))


def test_predicts_nothing_for_no_samples(solution, rng):
    """For N = 0, the result has the shape and dtype that f returns for an empty batch."""
    f = solution.fn("lambda X: (X @ np.ones((2, 3))).astype(np.float32)")
    X = rng.normal(size=(3, 2))
    expected = (X @ np.ones((2, 3))).astype(np.float32)
    assert_close(solution.predict_in_batches(f, X, 2), expected, rtol=1e-5, atol=1e-6)
    for size in (1, 4):
        got = solution.predict_in_batches(f, np.empty((0, 2)), size)
        assert_close(got, np.empty((0, 3), np.float32))


def test_refuses_results_without_a_row_per_sample(solution, rng):
    """If f does not return one row per sample, that raises ValueError."""
    X = rng.normal(size=(7, 2))
    got = solution.predict_in_batches(solution.fn("lambda X: X * 2.0"), X, 3)
    assert_close(got, X * 2.0)
    for text in (
        "lambda X: X.mean(axis=0)",
        "lambda X: X[:-1]",
        "lambda X: X.sum()",
        "lambda X: np.repeat(X, 2, 0)",
    ):
        with raises(ValueError):
            solution.predict_in_batches(solution.fn(text), X, 3)


@points(2)
def test_accuracy_is_a_share(solution, rng):
    """accuracy gives the share of equal entries as a Python float."""
    assert_close(solution.accuracy(np.array([1, 0]), np.array([1, 2])), 0.5)
    for n in (1, 3, 10, 47):
        pred, y = rng.integers(0, 3, n), rng.integers(0, 3, n)
        hits = sum(a == b for a, b in zip(pred.tolist(), y.tolist(), strict=True))
        got = solution.accuracy(pred, y)
        assert_close(got, hits / n)
        assert_equal(isinstance(got, float), True)


def test_accuracy_refuses_other_shapes(solution, rng):
    """accuracy raises a ValueError unless both arrays are (N,)."""
    y = rng.integers(0, 3, 4)
    assert_close(solution.accuracy((y + 1) % 3, y), 0.0)
    column = y[:, np.newaxis]
    for pred, labels in (
        (y, column), (column, y), (column, column), (y, y[:1]), (y[:1], y), (y, y[0]), (y[0], y[0]),
    ):  # fmt: skip
        with raises(ValueError):
            solution.accuracy(pred, labels)


def test_accuracy_of_no_samples(solution, rng):
    """accuracy of no samples raises ValueError."""
    y = rng.integers(0, 3, 4)
    assert_close(solution.accuracy(y, y), 1.0)
    with raises(ValueError):
        solution.accuracy(np.empty(0, int), np.empty(0, int))


def test_leaves_its_arguments_alone(solution, rng):
    """No function changes its arguments, and the result of predict_in_batches is a new array."""
    for n, size in ((7, 3), (4, 9)):
        X = rng.normal(size=(n, 3))
        assert_classes(solution.predict_classes(X), X.argmax(axis=1))
        doubled = solution.predict_in_batches(solution.fn("lambda x: 2.0 * x"), X, size)
        assert_close(doubled, 2.0 * X)
        pred, y = rng.integers(0, 3, (2, n))
        assert_close(solution.accuracy(pred, y), float((pred == y).mean()))
        assert_arguments_unchanged(X=X, pred=pred, y=y)
        total, shared = (*_list(solution.probe.shares_memory(X, size)), None, None)[:2]
        assert_close(total, float(X.sum()), rtol=1e-8, atol=1e-10)
        assert shared is False, "the result is X itself, or a part of it"


def _list(got):
    return got if type(got) is list else []
