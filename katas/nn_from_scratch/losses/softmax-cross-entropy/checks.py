"""Hidden checks of the kata softmax-cross-entropy."""

import math

import numpy as np

from nnkata.testing import (
    assert_close,
    assert_unchanged,
    central_difference,
    points,
    raises,
)


def log_p(z):
    """Compute the logarithms of the probabilities of one row, with Python floats."""
    top = max(z)
    total = top + math.log(math.fsum(math.exp(score - top) for score in z))
    return [score - total for score in z]


def rows_of(y, c):
    """Return the rows of Y for labels."""
    rows = np.zeros((len(y), c))
    rows[np.arange(len(y)), y] = 1.0
    return rows


def exact_loss(z, Y):
    """Compute the mean cross-entropy of rows of logits."""
    costs = [
        -math.fsum(t * lp for t, lp in zip(true, log_p(row), strict=True))
        for row, true in zip(z.tolist(), Y.tolist(), strict=True)
    ]
    return math.fsum(costs) / len(costs)


def exact_gradient(z, Y):
    """Compute the gradient of the mean."""
    p = np.array([[math.exp(lp) for lp in log_p(row)] for row in z.tolist()])
    return (p - Y) / len(z)


def pairs(z, y):
    """Return the same binary problem as two classes with the logits 0 and z."""
    return np.stack((np.zeros(len(z)), z), axis=1), np.stack((1.0 - y, y), axis=1)


def exact_binary(z, y):
    """Compute the mean binary cross-entropy."""
    return exact_loss(*pairs(z, y))


def exact_binary_gradient(z, y):
    """Compute its gradient."""
    return exact_gradient(*pairs(z, y))[:, 1]


def some_batch(rng, n, c):
    """Draw logits, labels, and soft labels."""
    weights = rng.uniform(0.1, 1.0, (n, c))
    return rng.normal(0, 2, (n, c)), rng.integers(0, c, n), weights / weights.sum(1, keepdims=True)


def test_loss_of_one_sample(solution, rng):
    """The loss of one sample is minus the logarithm of the softmax probability of its label."""
    z = np.array([[0.0, math.log(2.0), 0.0]])
    assert_close(solution.softmax_cross_entropy(z, np.array([1])), math.log(2.0))
    for c in (2, 5):
        z, y, _ = some_batch(rng, 1, c)
        assert_close(solution.softmax_cross_entropy(z, y), exact_loss(z, rows_of(y, c)))


def test_loss_is_the_mean_over_the_samples(solution, rng):
    """The loss of a batch is the mean over its samples; for equal logits it is log C."""
    z, y = np.zeros((3, 10)), np.array([0, 9, 4])
    assert_close(solution.softmax_cross_entropy(z, y), math.log(10.0))
    for n, c in ((5, 3), (4, 4), (2, 6)):
        z, y, _ = some_batch(rng, n, c)
        assert_close(solution.softmax_cross_entropy(z, y), exact_loss(z, rows_of(y, c)))


@points(2)
def test_loss_is_exact_however_far_apart_the_logits_are(solution, rng):
    """The loss is right where the probability of the label is rounded to 0."""
    z = np.array([[0.0, 1000.0]])
    assert_close(solution.softmax_cross_entropy(z, np.array([0])), 1000.0)
    for far in (-50.0, float(rng.integers(2000, 4000))):
        top = float(rng.integers(500, 1500))
        z, y = np.array([[far, 0.0, 1.0], [2.0, top, -1000.0]]), np.array([0, 2])
        assert_close(solution.softmax_cross_entropy(z, y), exact_loss(z, rows_of(y, 3)))


def test_gradient_of_one_sample(solution, rng):
    """The gradient of one sample is its probabilities minus its row of Y."""
    z = np.array([[0.0, math.log(2.0), 0.0]])
    got = solution.softmax_cross_entropy_grad(z, np.array([1]))
    assert_close(got, np.array([[0.25, -0.5, 0.25]]))
    for c in (2, 5):
        z, y, _ = some_batch(rng, 1, c)
        got = solution.softmax_cross_entropy_grad(z, y)
        assert_close(got, exact_gradient(z, rows_of(y, c)), rtol=1e-8, atol=1e-12)


@points(12)
def test_gradient_of_a_batch(solution, rng):
    """The gradient of a batch is that of the mean, so each row is divided by N."""
    z, y = np.array([[0.0, math.log(2.0), 0.0]] * 2), np.array([1, 0])
    got = solution.softmax_cross_entropy_grad(z, y)
    assert_close(got, np.array([[0.125, -0.25, 0.125], [-0.375, 0.25, 0.125]]))
    for n, c in ((5, 3), (4, 4), (2, 6)):
        z, y, _ = some_batch(rng, n, c)
        got = solution.softmax_cross_entropy_grad(z, y)
        assert_close(got, exact_gradient(z, rows_of(y, c)), rtol=1e-8, atol=1e-12)


@points(6)
def test_gradient_matches_central_differences(solution, rng):
    """The gradient is the measured derivative of the loss, for labels and for soft labels."""
    for n, c in ((7, 3), (2, 5)):
        z, y, Y = some_batch(rng, n, c)
        for given, true in ((y, rows_of(y, c)), (Y, Y)):
            measured = central_difference(lambda v, true=true: exact_loss(v, true), z)
            got = solution.softmax_cross_entropy_grad(z, given)
            assert_close(got, measured, rtol=1e-6, atol=1e-9)


def test_gradient_is_exact_however_far_apart_the_logits_are(solution, rng):
    """For the logits (0, 1000) and the label 0, the gradient is (-1, 1)."""
    z = np.array([[0.0, 1000.0]])
    for label, expected in ((0, [[-1.0, 1.0]]), (1, [[0.0, 0.0]])):
        got = solution.softmax_cross_entropy_grad(z, np.array([label]))
        assert_close(got, np.array(expected), atol=1e-12)
    near = 3000.0 - float(rng.uniform(0.5, 2.0))
    z = np.array([[-3000.0, 3000.0, near], [0.0, 1.0, 2.0]])
    got = solution.softmax_cross_entropy_grad(z, np.array([0, 1]))
    assert_close(got, exact_gradient(z, rows_of([0, 1], 3)), atol=1e-12)


def test_soft_labels(solution, rng):
    """y may be rows of probabilities, one-hot or not, as floats or integers."""
    z = np.array([[0.0, math.log(2.0), 0.0]])
    Y = np.array([[0.5, 0.5, 0.0]])
    assert_close(solution.softmax_cross_entropy(z, Y), 1.5 * math.log(2.0))
    got = solution.softmax_cross_entropy_grad(z, Y)
    assert_close(got, np.array([[-0.25, 0.0, 0.25]]), atol=1e-12)
    z, y, Y = some_batch(rng, 1, 4)
    for rows in (Y, rows_of(y, 4), rows_of(y, 4).astype(int)):
        assert_close(solution.softmax_cross_entropy(z, rows), exact_loss(z, rows))
        got = solution.softmax_cross_entropy_grad(z, rows)
        assert_close(got, exact_gradient(z, rows), rtol=1e-8, atol=1e-12)


def test_binary_loss(solution, rng):
    """bce_with_logits is the mean of -log p for class 1 and of -log(1 - p) for class 0."""
    z = np.array([math.log(3.0)])
    assert_close(solution.bce_with_logits(z, np.array([1.0])), math.log(4.0 / 3.0))
    assert_close(solution.bce_with_logits(z, np.array([0.0])), math.log(4.0))
    for n in (1, 6):
        z = rng.normal(0, 2, n)
        for y in (rng.integers(0, 2, n).astype(float), rng.uniform(0, 1, n)):
            assert_close(solution.bce_with_logits(z, y), exact_binary(z, y), atol=1e-12)


def test_binary_loss_is_exact_for_any_logit(solution, rng):
    """bce_with_logits is right for logits of 800 and -800, and for both classes."""
    for far in (800.0, float(rng.integers(2000, 6000))):
        for z, y in ((-far, 1.0), (far, 0.0)):
            assert_close(solution.bce_with_logits(np.array([z]), np.array([y])), far)
            got = solution.bce_with_logits(np.array([z]), np.array([1.0 - y]))
            assert_close(got, 0.0, atol=1e-12)
    z, y = np.array([-800.0, 40.0, 1.0]), np.array([1.0, 0.0, 1.0])
    assert_close(solution.bce_with_logits(z, y), exact_binary(z, y))


def test_binary_gradient(solution, rng):
    """bce_with_logits_grad is the measured derivative of the mean loss."""
    got = solution.bce_with_logits_grad(np.array([math.log(3.0)]), np.array([1.0]))
    assert_close(got, np.array([-0.25]), atol=1e-12)
    for n in (5, 1):
        z = rng.normal(0, 2, n)
        for y in (rng.integers(0, 2, n).astype(float), rng.uniform(0.3, 0.7, n)):
            measured = central_difference(lambda v, y=y: exact_binary(v, y), z)
            got = solution.bce_with_logits_grad(z, y)
            assert_close(got, exact_binary_gradient(z, y), atol=1e-12)
            assert_close(got, measured, rtol=1e-5, atol=1e-8)


def test_binary_gradient_is_exact_for_any_logit(solution):
    """bce_with_logits_grad is right for logits of 800 and -800."""
    for z in (-800.0, 800.0, -5000.0, 5000.0):
        for y in (0.0, 1.0):
            got = solution.bce_with_logits_grad(np.array([z]), np.array([y]))
            assert_close(got, np.array([float(z > 0) - y]), atol=1e-12)


def test_refuses_labels_out_of_range(solution, rng):
    """A label below 0 or above C - 1, or one that is not an integer, raises ValueError."""
    z, y, _ = some_batch(rng, 2, 3)
    assert_close(solution.softmax_cross_entropy(z[:1], y[:1]), exact_loss(z[:1], rows_of(y[:1], 3)))
    for labels in ([0, -1], [0, 3], [0, 5], [0.5, 1.0]):
        with raises(ValueError):
            solution.softmax_cross_entropy(z, np.array(labels))
        with raises(ValueError):
            solution.softmax_cross_entropy_grad(z, np.array(labels))


def test_refuses_other_shapes(solution, rng):
    """A column of labels, another number of labels, or logits that are not (N, C): ValueError."""
    z, y, Y = some_batch(rng, 3, 4)
    assert_close(solution.softmax_cross_entropy(z[:1], y[:1]), exact_loss(z[:1], rows_of(y[:1], 4)))
    for logits, true in (
        (z, y[:, np.newaxis]), (z, y[:2]), (z, y[:1]), (z, Y[:1]), (z, Y[:, :3]), (z, Y.T),
        (z, Y[:, :1]), (z[:, 0], np.array([0, 0, 0])), (z[np.newaxis], y), (z[np.newaxis], Y),
        (z, Y[np.newaxis]), (z[np.newaxis], Y[np.newaxis]), (z[:1], Y),
        (z[np.newaxis], np.array([0])),
    ):  # fmt: skip
        with raises(ValueError):
            solution.softmax_cross_entropy(logits, true)
        with raises(ValueError):
            solution.softmax_cross_entropy_grad(logits, true)


def test_binary_refuses_other_shapes_and_numbers(solution, rng):
    """z and y must be (N,) each, and y must be from 0 to 1; otherwise a ValueError."""
    z, y = rng.normal(size=3), np.array([1.0, 0.0, 1.0])
    assert_close(solution.bce_with_logits(z[:1], y[:1]), exact_binary(z[:1], y[:1]), atol=1e-12)
    for logits, true in (
        (z[:, np.newaxis], y), (z, y[:, np.newaxis]), (z[:, np.newaxis], y[:, np.newaxis]),
        (z, y[:2]), (z, y[:1]), (z[:1], y),
        (z, np.array([1.0, 0.0, 2.0])), (z, np.array([1.0, -1.0, 1.0])),
        (z, np.array([1.0, 0.0, 1.5])), (z, np.array([-0.5, 0.0, 1.0])),
    ):  # fmt: skip
        with raises(ValueError):
            solution.bce_with_logits(logits, true)
        with raises(ValueError):
            solution.bce_with_logits_grad(logits, true)


def test_refuses_an_empty_batch(solution, rng):
    """Without samples there is no mean: a ValueError, not nan."""
    z = rng.normal(size=(1, 3))
    loss = exact_loss(z, rows_of([0], 3))
    assert_close(solution.softmax_cross_entropy(z, np.array([0])), loss)
    none = np.empty(0, dtype=int)
    for name, z, y in (
        ("softmax_cross_entropy", np.empty((0, 3)), none),
        ("softmax_cross_entropy", np.empty((0, 3)), np.empty((0, 3))),
        ("bce_with_logits", np.empty(0), np.empty(0)),
    ):
        with raises(ValueError):
            getattr(solution, name)(z, y)
        with raises(ValueError):
            getattr(solution, name + "_grad")(z, y)


def test_keeps_the_precision_it_is_given(solution):
    """float32 logits give float32 gradients, and integers are converted to float64."""
    z, y = np.array([[1, -2, 3]]), np.array([1])
    loss, gradient = exact_loss(z, rows_of(y, 3)), exact_gradient(z, rows_of(y, 3))
    assert_close(solution.softmax_cross_entropy(z, y), loss)
    assert_close(solution.softmax_cross_entropy_grad(z, y), gradient, rtol=1e-8)
    soft = np.array([[0.25, 0.5, 0.25]])
    assert_close(solution.softmax_cross_entropy(z, soft), exact_loss(z, soft))
    got = solution.softmax_cross_entropy_grad(z, soft)
    assert_close(got, exact_gradient(z, soft), rtol=1e-8, atol=1e-12)
    small = z.astype(np.float32)
    assert_close(solution.softmax_cross_entropy(small, y), loss, rtol=1e-5)
    for true in (y, rows_of(y, 3)):
        got = solution.softmax_cross_entropy_grad(small, true)
        assert_close(got, gradient.astype(np.float32), rtol=1e-4, atol=1e-6)


def test_binary_keeps_the_precision_it_is_given(solution):
    """float32 logits give float32 binary gradients, and integers are converted to float64."""
    z, y = np.array([1]), np.array([1])
    gradient = exact_binary_gradient(z, y)
    assert_close(solution.bce_with_logits(z, y), exact_binary(z, y), atol=1e-12)
    assert_close(solution.bce_with_logits_grad(z, y), gradient, atol=1e-12)
    soft = np.array([0.5])
    assert_close(solution.bce_with_logits(z, soft), exact_binary(z, soft), atol=1e-12)
    for true in (y, y.astype(float)):
        got = solution.bce_with_logits_grad(z.astype(np.float32), true)
        assert_close(got, gradient.astype(np.float32), rtol=1e-4, atol=1e-6)


def test_leaves_its_arguments_alone(solution, rng):
    """The arrays that are passed in do not change."""
    z, y, Y = some_batch(rng, 1, 3)
    for true, rows in ((y, rows_of(y, 3)), (Y, Y.copy())):
        before = z.copy(), true.copy()
        assert_close(solution.softmax_cross_entropy(z, true), exact_loss(before[0], rows))
        got = solution.softmax_cross_entropy_grad(z, true)
        assert_close(got, exact_gradient(before[0], rows), rtol=1e-8, atol=1e-12)
        assert_unchanged(z, before[0])
        assert_unchanged(true, before[1])
    z, y = rng.normal(size=1), np.array([1.0])
    before = z.copy(), y.copy()
    assert_close(solution.bce_with_logits(z, y), exact_binary(*before), atol=1e-12)
    got = solution.bce_with_logits_grad(z, y)
    assert_close(got, exact_binary_gradient(*before), atol=1e-12)
    assert_unchanged(z, before[0])
    assert_unchanged(y, before[1])
