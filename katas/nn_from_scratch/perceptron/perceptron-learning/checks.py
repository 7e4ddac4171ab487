"""Hidden checks of the kata perceptron-learning.

Where numbers are exact, trajectories are compared; drawn samples never have a net input near 0.
"""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_unchanged,
    points,
    raises,
    shown,
)

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
AND, OR, XOR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1]), np.array([0, 1, 1, 0])


def right_fit(X, y, epochs=100, lr=1.0):
    """Apply Rosenblatt's rule in Python's floats."""
    w, b, history = [0.0] * X.shape[1], 0.0, []
    for _ in range(epochs):
        mistakes = 0
        for x_i, y_i in zip(X.tolist(), y.tolist(), strict=True):
            error = y_i - (sum(a * v for a, v in zip(w, x_i, strict=True)) + b >= 0)
            w = [a + lr * error * v for a, v in zip(w, x_i, strict=True)]
            b += lr * error
            mistakes += error != 0
        history.append(mistakes)
        if not mistakes:
            break
    return np.array(w), b, history


def parts(got):
    """Return weights, bias and history, if that is what the module gave."""
    if not isinstance(got, tuple | list) or len(got) != 3:
        raise CheckFailed(rung="type", got=shown(got), expected="(w, b, history)")
    w, b, history = got
    whole = [isinstance(n, int | np.integer) and not isinstance(n, bool) for n in history or []]
    if not isinstance(history, list | tuple) or not all(whole):
        raise CheckFailed(
            "history is a list of ints", rung="type", got=shown(history), expected="a list of ints"
        )
    if isinstance(b, np.ndarray) and b.ndim == 0:
        b = b[()]
    return w, b, [int(n) for n in history]


def assert_weights(w, b, n):
    """Fail unless w is n finite floats and b is one finite number."""
    if not isinstance(w, np.ndarray) or w.shape != (n,) or w.dtype.kind != "f":
        raise CheckFailed(rung="shape", got=shown(w), expected=f"an array of {n} floats")
    if not isinstance(b, int | float | np.number) or not np.isfinite([*w, b]).all():
        raise CheckFailed(rung="finite", got=shown((w, b)), expected="finite numbers")


def assert_fit(got, expected, rtol=1e-9):
    """Compare the history first, then the bias and the weights."""
    w, b, history = parts(got)
    if history != expected[2]:
        raise CheckFailed("the history is wrong", got=shown(history), expected=shown(expected[2]))
    assert_close(b, expected[1], rtol=rtol, atol=1e-12)
    assert_close(w, expected[0], rtol=rtol, atol=1e-12)


def some_samples(rng, n_samples, n):
    """Draw samples on both sides of a line, labels, and the most mistakes that Novikoff allows.

    No (x, 1) is nearer to the line than 0.4. The first label is 0, so that every first epoch has a
    mistake. All numbers are multiples of 1/64, so that float32 has them too.
    """
    line = rng.normal(size=n)
    line = np.append(line / np.linalg.norm(line), rng.uniform(-0.5, 0.5))
    X = np.round(64 * rng.uniform(-2.0, 2.0, (60 * n_samples, n))) / 64
    distance = (X @ line[:-1] + line[-1]) / np.linalg.norm(line)
    half = n_samples // 2
    index = [*np.flatnonzero(distance > 0.4)[:half], *np.flatnonzero(distance < -0.4)[:half]]
    index = rng.permutation(index)
    index = np.roll(index, -int(np.argmax(distance[index] < 0)))
    X, y = X[index], (distance[index] > 0).astype(np.int64)
    bound = ((X**2).sum(axis=1).max() + 1) / np.abs(distance[index]).min() ** 2
    return X, y, float(bound)


def some_corners(rng):
    """Draw points near the corners, and their order.

    What a line can separate at the corners it can separate here too. The numbers are multiples of
    1/64, so that all sums are exact.
    """
    order = rng.permutation(4)
    return CORNERS[order] + rng.integers(-4, 5, (4, 2)) / 64, order


@points(2)
def test_learns_from_one_mistake(solution, rng):
    """A wrong answer moves w by x or -x and b by 1 or -1; a right answer moves nothing."""
    X = np.array([[2.0, 3.0]])
    assert_fit(solution.fit_perceptron(X, np.array([1])), (np.zeros(2), 0.0, [0]))
    got = solution.fit_perceptron(X, np.array([0]))
    assert_fit(got, (np.array([-2.0, -3.0]), -1.0, [1, 0]))
    X = np.array([[2.0], [-4.0], [3.0]])
    y = np.array([0, 0, 1])
    assert_fit(solution.fit_perceptron(X, y), right_fit(X, y))
    X = rng.integers(32, 256, (1, 3)) / 64
    got = solution.fit_perceptron(X, np.array([0]))
    assert_fit(got, (-X[0], -1.0, [1, 0]))


@points(5)
def test_learns_and_and_or(solution, rng):
    """AND is learned in 6 epochs, with w = (2, 1), b = -3; OR in 4, with w = (1, 1), b = -1."""
    got = solution.fit_perceptron(CORNERS, AND)
    assert_fit(got, (np.array([2.0, 1.0]), -3.0, [2, 3, 3, 2, 1, 0]))
    got = solution.fit_perceptron(CORNERS, OR)
    assert_fit(got, (np.array([1.0, 1.0]), -1.0, [2, 2, 1, 0]))
    for table in (AND, OR):
        X, order = some_corners(rng)
        assert_fit(solution.fit_perceptron(X, table[order]), right_fit(X, table[order]))


@points(4)
def test_each_sample_meets_the_newest_weights(solution, rng):
    """Weights and bias change after each mistake, before the next sample, in the given order."""
    X, y = CORNERS[[3, 0]], AND[[3, 0]]
    assert_fit(solution.fit_perceptron(X, y, epochs=2), right_fit(X, y, 2))
    for n_samples, n in ((8, 3), (12, 4), (6, 1), (20, 2)):
        X, y, _ = some_samples(rng, n_samples, n)
        assert_fit(solution.fit_perceptron(X, y, epochs=1), right_fit(X, y, 1))


@points(2)
def test_stops_after_an_epoch_without_mistakes(solution, rng):
    """Training ends with the first epoch that has no mistake, and its 0 is the last of history."""
    X, y = CORNERS[:1], np.array([1])
    assert_fit(solution.fit_perceptron(X, y, epochs=5), (np.zeros(2), 0.0, [0]))
    assert_fit(solution.fit_perceptron(CORNERS, OR, epochs=50), right_fit(CORNERS, OR))
    X, y, bound = some_samples(rng, 12, 3)
    got = solution.fit_perceptron(X, y, epochs=2 + int(bound))
    _, _, history = parts(got)
    assert history, "history is empty"
    assert history[-1] == 0, "the last epoch still has mistakes"
    assert 0 not in history[:-1], "training went on after an epoch without a mistake"
    assert_fit(got, right_fit(X, y, 2 + int(bound)))


@points(4)
def test_gives_up_after_the_epochs(solution, rng):
    """Training ends after `epochs` epochs, even when there is no line, as for XOR."""
    # The samples with a line come first: whoever ignores `epochs` does not loop forever there.
    for epochs in (3, 5):
        got = solution.fit_perceptron(CORNERS, AND, epochs=epochs)
        assert_fit(got, right_fit(CORNERS, AND, epochs))
    for epochs in (1, 7, 100):
        got = solution.fit_perceptron(CORNERS, XOR, epochs=epochs)
        assert_fit(got, right_fit(CORNERS, XOR, epochs))
    assert_fit(solution.fit_perceptron(CORNERS, XOR), right_fit(CORNERS, XOR))
    X, order = some_corners(rng)
    for epochs in (5, 8):
        got = solution.fit_perceptron(X, XOR[order], epochs=epochs)
        assert_fit(got, right_fit(X, XOR[order], epochs))
    assert_fit(solution.fit_perceptron(CORNERS, AND, epochs=0), (np.zeros(2), 0.0, []))


@points(3)
def test_finds_a_line_where_there_is_one(solution, rng):
    """Samples with a line between them are all learned, with at most (R/γ)² mistakes in total."""
    for n_samples, n in ((12, 2), (20, 3), (8, 5)):
        X, y, bound = some_samples(rng, n_samples, n)
        w, b, history = parts(solution.fit_perceptron(X, y, epochs=2 + int(bound)))
        assert_weights(w, b, n)
        assert ((X @ w + b >= 0) == y).all(), "some samples are on the wrong side of the line"
        assert sum(history) <= bound, f"{sum(history)} mistakes, more than {bound:.1f}"


@points(2)
def test_the_learning_rate_scales_the_weights(solution, rng):
    """lr multiplies each step, of the weights and of the bias, so it scales the result."""
    for lr in (0.5, 2.0, 0.25):
        got = solution.fit_perceptron(CORNERS, AND, epochs=5, lr=lr)
        assert_fit(got, (lr * np.array([2.0, 1.0]), -3.0 * lr, [2, 3, 3, 2, 1]))
    X, y = rng.normal(size=(8, 3)), np.array([0, 1] * 4)
    w, b, history = right_fit(X, y, 1)
    assert_fit(solution.fit_perceptron(X, y, epochs=1, lr=0.1), (0.1 * w, 0.1 * b, history))


def test_computes_in_float64(solution, rng):
    """Samples may be integers, float32 or lists; the weights are float64 in any case."""
    got = solution.fit_perceptron(CORNERS.astype(np.int64), OR, epochs=3, lr=0.5)
    assert_fit(got, right_fit(CORNERS, OR, 3, lr=0.5))
    X, y, _ = some_samples(rng, 8, 3)
    for kind in (np.float32, np.float64):
        got = solution.fit_perceptron(X.astype(kind), y, epochs=1, lr=0.25)
        assert_fit(got, right_fit(X, y, 1, lr=0.25))
    got = solution.fit_perceptron(X.tolist(), y.tolist(), epochs=1)
    assert_fit(got, right_fit(X, y, 1))


def test_takes_no_sample(solution, rng):
    """Without samples, the weights stay zeros, and there is one epoch without a mistake."""
    for n in (2, *(int(n) for n in rng.integers(3, 30, 2))):
        got = solution.fit_perceptron(np.empty((0, n)), np.empty(0, np.int64))
        assert_fit(got, (np.zeros(n), 0.0, [0]))


def test_refuses_shapes_that_do_not_fit(solution, rng):
    """X that is not (N, n), and a y without one label per sample, raise ValueError."""
    X = rng.integers(32, 256, (1, 2)) / 64
    assert_fit(solution.fit_perceptron(X, np.array([0]), epochs=1), (-X[0], -1.0, [1]))
    for X, y in (
        (CORNERS, OR[:3]),
        (CORNERS[:3], OR),
        (CORNERS, OR[:1]),
        (CORNERS, OR[:, None]),
        (CORNERS[:, 0], OR),
        (CORNERS[0], OR[:1]),
    ):
        with raises(ValueError):
            solution.fit_perceptron(X, y, epochs=3)


def test_leaves_its_arguments_alone(solution, rng):
    """X and y are the same afterwards, and a second call starts from zeros again."""
    samples, labels, _ = some_samples(rng, 8, 3)
    X, y = samples.copy(), labels.copy()
    w, b, history = parts(solution.fit_perceptron(X, y, epochs=3))
    assert_unchanged(X, samples, "X")
    assert_unchanged(y, labels, "y")
    assert_weights(w, b, 3)
    assert w.any() or b, "the weights and the bias are still 0, although the first answer is wrong"
    assert_fit(solution.fit_perceptron(X, y, epochs=3), (w, b, history))
