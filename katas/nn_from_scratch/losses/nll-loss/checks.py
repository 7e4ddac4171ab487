"""Hidden checks of the kata nll-loss."""

import math

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_unchanged,
    central_difference,
    points,
    raises,
)

X, Y = np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.0, 3.0])
"""The points of the lesson."""
CLOSE = {"rtol": 1e-6, "atol": 1e-6}
"""How close a line has to be; gradient descent comes as near as this."""


def exact_nll(logp, y):
    """Compute the mean of the chosen entries, with the sign changed."""
    return -math.fsum(float(row[label]) for row, label in zip(logp, y, strict=True)) / len(y)


def exact_gaussian(pred, y, var):
    """Compute the mean negative logarithm of the normal density, with Python floats."""
    costs = [
        (p - t) ** 2 / (2 * v) + math.log(2 * math.pi * v) / 2
        for p, t, v in zip(pred.tolist(), y.tolist(), np.broadcast_to(var, y.shape), strict=True)
    ]
    return math.fsum(costs) / len(costs)


def exact_line(x, y, var):
    """Compute slope and intercept of the line with the smallest weighted squared error."""
    scale = 1 / np.sqrt(np.broadcast_to(var, x.shape))
    design = np.stack((x, np.ones(len(x))), axis=1) * scale[:, np.newaxis]
    a, b = np.linalg.lstsq(design, y * scale, rcond=None)[0]
    return float(a), float(b)


def draw_logp(rng, n, c):
    """Draw logarithms of probabilities, and labels."""
    p = rng.uniform(0.1, 1.0, (n, c))
    return np.log(p / p.sum(axis=1, keepdims=True)), rng.integers(0, c, n)


def draw_points(rng, n):
    """Draw points near a line, with x from about -2 to 2."""
    x = rng.permutation(np.linspace(-2.0, 2.0, n)) + rng.uniform(-0.2, 0.2, n)
    return x, rng.uniform(0.5, 2.0) * x + rng.uniform(-1.0, 1.0) + rng.normal(size=n)


def one_class_loss(solution, rng):
    """Compare nll_loss of one sample, before a check asks for something else."""
    logp, y = draw_logp(rng, 1, 3)
    assert_close(solution.nll_loss(logp, y), exact_nll(logp, y))


def one_gradient(solution, rng):
    """Compare the gradient for one sample of variance 1, before a check asks for more."""
    pred, y = rng.normal(size=1), rng.normal(size=1)
    assert_close(solution.gaussian_nll_grad(pred, y, 1.0), pred - y, rtol=1e-9, atol=1e-12)


@points(2)
def test_nll_loss(solution, rng):
    """nll_loss is the mean over the samples of -logp of the true class."""
    logp = np.log(np.array([[0.2, 0.7, 0.1], [0.5, 0.25, 0.25]]))
    assert_close(solution.nll_loss(logp[:1], np.array([1])), -math.log(0.7))
    expected = -(math.log(0.7) + math.log(0.5)) / 2
    assert_close(solution.nll_loss(logp, np.array([1, 0])), expected)
    for n, c in ((1, 4), (5, 3), (2, 6), (300, 2)):
        logp, y = draw_logp(rng, n, c)
        assert_close(solution.nll_loss(logp, y), exact_nll(logp, y))
        far = logp - 1000.0
        assert_close(solution.nll_loss(far, y), exact_nll(far, y))


def test_nll_loss_of_probabilities_that_are_zero(solution, rng):
    """A logarithm of -inf at a class that is not the true one does not count, and 0 costs 0."""
    for n, c in ((1, 3), (4, 5)):
        logp, y = draw_logp(rng, n, c)
        assert_close(solution.nll_loss(logp, y), exact_nll(logp, y))
        logp[np.arange(n), (y + 1) % c] = -np.inf
        assert_close(solution.nll_loss(logp, y), exact_nll(logp, y))
        logp[0] = np.where(np.arange(c) == y[0], 0.0, -np.inf)
        assert_close(solution.nll_loss(logp, y), exact_nll(logp, y))


def test_refuses_probabilities(solution, rng):
    """nll_loss takes logarithms of probabilities: an entry above 0 raises ValueError."""
    one_class_loss(solution, rng)
    logp, y = draw_logp(rng, 4, 3)
    with raises(ValueError):
        solution.nll_loss(np.exp(logp), y)
    logp[2, (y[2] + 1) % 3] = 0.25
    with raises(ValueError):
        solution.nll_loss(logp, y)


def test_refuses_labels_out_of_range(solution, rng):
    """A label below 0 or above C - 1, or one that is not an integer, raises ValueError."""
    one_class_loss(solution, rng)
    logp, _ = draw_logp(rng, 2, 3)
    for labels in ([0, -1], [0, 3], [0.5, 1.0], [-3, 0]):
        with raises(ValueError):
            solution.nll_loss(logp, np.array(labels))


def test_refuses_other_shapes_of_classes(solution, rng):
    """nll_loss takes logp (N, C) and N labels with N > 0; anything else raises ValueError."""
    one_class_loss(solution, rng)
    logp, y = draw_logp(rng, 3, 4)
    for wrong, labels in (
        (logp, y[:2]), (logp, y[:1]), (logp[:1], y), (logp, y[:, np.newaxis]), (logp[0], y[:1]),
        (logp[np.newaxis], y), (logp[:, :, np.newaxis], y),
        (np.empty((0, 4)), np.empty(0, dtype=int)),
    ):  # fmt: skip
        with raises(ValueError):
            solution.nll_loss(wrong, labels)


@points(3)
def test_gaussian_nll(solution, rng):
    """gaussian_nll is the mean of e² / (2 var) + log(2π var) / 2."""
    expected = 0.5 + math.log(8 * math.pi) / 2
    assert_close(solution.gaussian_nll(np.array([1.0]), np.array([3.0]), 4.0), expected)
    for n in (1, 5, 8):
        pred, y = rng.normal(size=n), rng.normal(size=n)
        for var in (
            float(rng.uniform(0.01, 0.5)),
            float(rng.uniform(2, 50)),
            rng.uniform(0.1, 9, n),
        ):
            expected = exact_gaussian(pred, y, var)
            assert_close(solution.gaussian_nll(pred, y, var), expected, atol=1e-12)


@points(3)
def test_gaussian_nll_grad(solution, rng):
    """gaussian_nll_grad is the measured derivative of the mean: e / (var N) for each sample."""
    got = solution.gaussian_nll_grad(np.array([1.0]), np.array([3.0]), 4.0)
    assert_close(got, np.array([-0.5]))
    for n in (1, 5, 8):
        pred, y = rng.normal(size=n), rng.normal(size=n)
        for var in (
            float(rng.uniform(0.1, 0.5)),
            float(rng.uniform(2, 50)),
            rng.uniform(0.1, 9, n),
        ):
            got = solution.gaussian_nll_grad(pred, y, var)
            assert_close(got, (pred - y) / (var * n), atol=1e-12)
            measured = central_difference(lambda v, y=y, s=var: exact_gaussian(v, y, s), pred)
            assert_close(got, measured, rtol=1e-6, atol=1e-8)


@points(9)
def test_one_variance_does_not_move_the_line(solution, rng):
    """If all variances are equal, fit_line gives the least-squares line, whatever they are."""
    assert_close(solution.fit_line(X, Y), (1.5, -0.5), **CLOSE)
    assert_close(solution.fit_line(X, Y, 4.0), (1.5, -0.5), **CLOSE)
    assert_close(solution.fit_line(X[::-1].copy(), Y[::-1].copy(), 4.0), (1.5, -0.5), **CLOSE)
    for n in (2, 7, 12):
        x, y = draw_points(rng, n)
        expected = exact_line(x, y, 1.0)
        for var in (1.0, float(rng.uniform(0.001, 0.1)), float(rng.uniform(10, 1000))):
            assert_close(solution.fit_line(x, y, var=var), expected, **CLOSE)
        assert_close(solution.fit_line(x, y, np.full(n, rng.uniform(2, 9))), expected, **CLOSE)


@points(11)
def test_exact_measurements_count_more(solution, rng):
    """With a variance per sample, fit_line gives each squared error the weight 1/var."""
    assert_close(solution.fit_line(X, Y, np.array([1.0, 0.25, 1.0])), (1.5, -1.0), **CLOSE)
    for n in (3, 7, 12):
        x, y = draw_points(rng, n)
        var = rng.uniform(0.2, 5.0, n)
        assert_close(solution.fit_line(x, y, var), exact_line(x, y, var), **CLOSE)


def test_a_line_needs_two_different_x(solution, rng):
    """If all x are equal, or there is only one, no line is the best: that raises ValueError."""
    one_gradient(solution, rng)
    for n in (1, 2, 5):
        y = rng.normal(size=n)
        with raises(ValueError):
            solution.fit_line(np.full(n, float(rng.integers(1, 5))), y)
        with raises(ValueError):
            solution.fit_line(np.zeros(n), y, rng.uniform(0.5, 2.0, n))


def test_refuses_variances_that_are_not_above_zero(solution, rng):
    """A variance of 0 or below raises ValueError, even if it is one of several."""
    one_gradient(solution, rng)
    x, y = draw_points(rng, 4)
    several = rng.uniform(0.5, 2.0, 4)
    several[rng.integers(4)] = -1.0
    for var in (0.0, -float(rng.uniform(0.5, 3.0)), np.array([1.0, 2.0, 0.0, 1.0]), several):
        for name in ("gaussian_nll", "gaussian_nll_grad", "fit_line"):
            with raises(ValueError):
                getattr(solution, name)(x, y, var)


def test_refuses_other_shapes(solution, rng):
    """pred, x and y are (N,), and var is a number or (N,); anything else raises ValueError."""
    one_gradient(solution, rng)
    x, y = draw_points(rng, 3)
    var = rng.uniform(0.5, 2.0, 3)
    for one, other, variances in (
        (x[:, np.newaxis], y, 1.0), (x, y[:, np.newaxis], 1.0), (x, y[:2], 1.0), (x, y[:1], 1.0),
        (x[:1], y, 1.0), (x[np.newaxis], y[np.newaxis], 1.0), (x[0], y[0], 1.0),
        (x, y, var[:, np.newaxis]), (x, y, var[:2]), (x, y, var[:1]), (x, y, np.ones(4)),
    ):  # fmt: skip
        for name in ("gaussian_nll", "gaussian_nll_grad", "fit_line"):
            with raises(ValueError):
                getattr(solution, name)(one, other, variances)


def test_refuses_no_samples(solution, rng):
    """Without samples there is no mean and no line: a ValueError, not nan."""
    one_gradient(solution, rng)
    for var in (1.0, np.empty(0)):
        for name in ("gaussian_nll", "gaussian_nll_grad", "fit_line"):
            with raises(ValueError):
                getattr(solution, name)(np.empty(0), np.empty(0), var)


def test_gradient_has_the_dtype_of_pred(solution, rng):
    """float32 pred gives a float32 gradient, even if y or var are float64 or integers."""
    one_gradient(solution, rng)
    y = rng.integers(-4, 5, 5)
    pred = (y + rng.choice([-0.75, 0.5, 1.25], 5)).astype(np.float32)
    var = rng.integers(1, 5, 5)
    wide = solution.gaussian_nll_grad(pred.astype(float), y.astype(float), var.astype(float))
    if not isinstance(wide, np.ndarray):
        raise CheckFailed("an array was expected", rung="type")
    expected = wide.astype(np.float32)
    for true in (y, y.astype(float), y.astype(np.float32)):
        for variances in (var, var.astype(float), var.astype(np.float32)):
            got = solution.gaussian_nll_grad(pred, true, variances)
            assert_close(got, expected, rtol=1e-4, atol=1e-6)


def test_integers_are_computed_in_float64(solution, rng):
    """Integers give what the same numbers give as floats, including uint8, where 1 - 3 is 254."""
    one_gradient(solution, rng)
    y = rng.integers(5, 9, 4)
    pred = np.array([1, 9, 2, 3]) + rng.integers(0, 2, 4)
    var = rng.integers(1, 5, 4)
    wide = [array.astype(float) for array in (pred, y, var)]
    for name in ("gaussian_nll", "gaussian_nll_grad"):
        expected = getattr(solution, name)(*wide)
        for dtype in (np.int64, np.uint8):
            got = getattr(solution, name)(*(a.astype(dtype) for a in (pred, y, var)))
            assert_close(got, expected)
    expected = solution.fit_line(*wide)
    for dtype in (np.int64, np.uint8):
        got = solution.fit_line(*(a.astype(dtype) for a in (pred, y, var)))
        assert_close(got, expected, **CLOSE)


def test_leaves_its_arguments_alone(solution, rng):
    """The arrays that are passed in do not change."""
    one_gradient(solution, rng)
    logp, labels = draw_logp(rng, 4, 3)
    x, y = draw_points(rng, 4)
    var = rng.uniform(0.5, 2.0, 4)
    for name, arguments in (
        ("nll_loss", (logp, labels)),
        ("gaussian_nll", (x, y, var)),
        ("gaussian_nll_grad", (x, y, var)),
        ("fit_line", (x, y, var)),
    ):
        before = [array.copy() for array in arguments]
        getattr(solution, name)(*arguments)
        for array, copy in zip(arguments, before, strict=True):
            assert_unchanged(array, copy)
