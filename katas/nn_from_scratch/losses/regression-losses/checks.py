"""Hidden checks of the kata regression-losses."""

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

SHAPES = ((1,), (5,), (3, 2), (2, 3, 4))
PRED, TRUE = np.array([2.5, 1.0]), np.array([2.0, 4.0])
"""The example of the lesson: the errors are 0.5 and -3."""
OUTLIER = np.array([0.0, 1.0, 2.0, 3.0, 100.0])
LOSSES = ("mse", "mae", "huber", "smooth_l1")
GRADIENTS = ("mse_grad", "mae_grad", "huber_grad", "smooth_l1_grad")


def cost_of_huber(e, delta=1.0):
    """Return the Huber cost of one error."""
    return e * e / 2 if abs(e) <= delta else delta * (abs(e) - delta / 2)


def exact(cost, pred, y, *limit):
    """Compute the mean cost of all elements, with Python floats."""
    errors = (np.asarray(pred, float) - np.asarray(y, float)).ravel().tolist()
    return math.fsum(cost(e, *limit) for e in errors) / len(errors)


def exact_mse(pred, y):
    """Compute the mean squared error."""
    return exact(lambda e: e * e, pred, y)


def exact_mae(pred, y):
    """Compute the mean absolute error."""
    return exact(abs, pred, y)


def exact_huber(pred, y, delta=1.0):
    """Compute the Huber loss."""
    return exact(cost_of_huber, pred, y, delta)


def exact_smooth(pred, y, beta=1.0):
    """Compute the smooth L1 loss."""
    return exact(cost_of_huber, pred, y, beta) / beta


def draw(rng, shape, limit=1.0):
    """Draw pred and y, with errors on both sides of 0 and of the limit, and far from both."""
    size = math.prod(shape)
    small, large = rng.uniform(0.1, 0.8, size) * limit, rng.uniform(1.3, 4.0, size) * limit
    far = (np.arange(size) + rng.integers(2)) % 2 == 1
    signs = rng.permutation(np.where(np.arange(size) % 4 < 2, 1.0, -1.0))
    y = rng.normal(size=shape)
    return y + (np.where(far, large, small) * signs).reshape(shape), y


def cases(rng):
    """Return a pair for every shape, and a limit for each."""
    for shape in SHAPES:
        limit = float(rng.uniform(0.4, 3.0))
        yield *draw(rng, shape, limit), limit


def one_loss(solution, rng):
    """Compare the MAE of one element, before a check asks for something else."""
    y, e = rng.normal(size=1), float(rng.uniform(0.5, 2.0))
    assert_close(solution.mae(y + e, y), e, rtol=1e-9)


def assert_measured(got, loss, pred):
    """Compare a gradient with central differences of a loss."""
    assert_close(got, central_difference(loss, pred), rtol=1e-6, atol=1e-9)


def test_mse(solution, rng):
    """mse is the mean of the squared errors of all elements, without a factor 1/2."""
    assert_close(solution.mse(PRED, TRUE), 4.625)
    for pred, y, _ in cases(rng):
        assert_close(solution.mse(pred, y), exact_mse(pred, y))


@points(5)
def test_mse_grad(solution, rng):
    """mse_grad is the derivative of the mean of e²: 2 e / n for each of n elements."""
    assert_close(solution.mse_grad(PRED, TRUE), np.array([0.5, -3.0]))
    constant = np.full(5, OUTLIER.mean())
    got = solution.mse_grad(constant, OUTLIER)
    assert_close(got, 2 * (constant - OUTLIER) / 5, atol=1e-12)
    for pred, y, _ in cases(rng):
        got = solution.mse_grad(pred, y)
        assert_close(got, 2 * (pred - y) / pred.size)
        assert_measured(got, lambda v, y=y: exact_mse(v, y), pred)


def test_mae(solution, rng):
    """mae is the mean of the sizes of all errors."""
    assert_close(solution.mae(PRED, TRUE), 1.75)
    for pred, y, _ in cases(rng):
        assert_close(solution.mae(pred, y), exact_mae(pred, y))


@points(5)
def test_mae_grad(solution, rng):
    """mae_grad is the derivative of the mean of |e|: 1/n or -1/n for each of n elements."""
    assert_close(solution.mae_grad(PRED, TRUE), np.array([0.5, -0.5]))
    for pred, y, _ in cases(rng):
        got = solution.mae_grad(pred, y)
        assert_close(got, np.sign(pred - y) / pred.size)
        assert_measured(got, lambda v, y=y: exact_mae(v, y), pred)


@points(3)
def test_huber(solution, rng):
    """huber costs e²/2 up to delta, and continues from there as a straight line."""
    assert_close(solution.huber(PRED, TRUE), 1.3125)
    assert_close(solution.huber(PRED, TRUE, delta=2.0), 2.0625)
    for pred, y, delta in cases(rng):
        assert_close(solution.huber(pred, y, delta), exact_huber(pred, y, delta))
        assert_close(solution.huber(y + delta, y, delta), delta**2 / 2)
    e = rng.uniform(0.2, 0.9, 3)
    assert_close(solution.huber(e, np.zeros(3)), exact_huber(e, np.zeros(3)))
    assert_close(solution.huber(3 * e + 1, np.zeros(3)), exact_huber(3 * e + 1, np.zeros(3)))


@points(5)
def test_huber_grad(solution, rng):
    """huber_grad is e / n up to delta, and delta / n or -delta / n beyond it."""
    assert_close(solution.huber_grad(PRED, TRUE), np.array([0.25, -0.5]))
    got = solution.huber_grad(np.full(5, 2.0), OUTLIER)
    assert_close(got, np.array([0.2, 0.2, 0.0, -0.2, -0.2]), atol=1e-12)
    for pred, y, delta in cases(rng):
        got = solution.huber_grad(pred, y, delta=delta)
        assert_close(got, np.clip(pred - y, -delta, delta) / pred.size)
        assert_measured(got, lambda v, y=y, d=delta: exact_huber(v, y, d), pred)


@points(2)
def test_smooth_l1(solution, rng):
    """smooth_l1 costs e² / (2 beta) up to beta, and |e| - beta / 2 beyond it."""
    assert_close(solution.smooth_l1(PRED, TRUE, 2.0), 1.03125)
    assert_close(solution.smooth_l1(PRED, TRUE), 1.3125)
    for pred, y, beta in cases(rng):
        assert_close(solution.smooth_l1(pred, y, beta=beta), exact_smooth(pred, y, beta))
        assert_close(solution.smooth_l1(y + beta, y, beta), beta / 2)


@points(5)
def test_smooth_l1_grad(solution, rng):
    """smooth_l1_grad is e / (beta n) up to beta, and 1/n or -1/n beyond it."""
    assert_close(solution.smooth_l1_grad(PRED, TRUE, 2.0), np.array([0.125, -0.5]))
    assert_close(solution.smooth_l1_grad(PRED, TRUE), np.array([0.25, -0.5]))
    for pred, y, beta in cases(rng):
        got = solution.smooth_l1_grad(pred, y, beta=beta)
        assert_close(got, np.clip((pred - y) / beta, -1.0, 1.0) / pred.size)
        assert_measured(got, lambda v, y=y, b=beta: exact_smooth(v, y, b), pred)


def test_mae_grad_without_an_error(solution, rng):
    """Where an error is 0, mae_grad is any number from -1/n to 1/n, and no nan."""
    one_loss(solution, rng)
    for n in (1, 4):
        y = rng.normal(size=n)
        pred = y.copy()
        pred[1:] += 2.0
        expected = np.full(n, 1.0 / n)
        expected[0] = 0.0
        got = solution.mae_grad(pred, y)
        assert_close(got, expected, atol=(1.0 + 1e-9) / n)


def test_huber_of_large_errors(solution, rng):
    """huber and smooth_l1 are right for errors whose square overflows."""
    one_loss(solution, rng)
    far = float(rng.uniform(1.0, 9.0)) * 1e200
    pred, y = np.array([far, 0.5, -far]), np.zeros(3)
    for name, expected in (("huber", exact_huber), ("smooth_l1", exact_smooth)):
        assert_close(getattr(solution, name)(pred, y, 2.0), expected(pred, y, 2.0))
        got = getattr(solution, name + "_grad")(pred[:1], y[:1], 0.5)
        assert_close(got, np.array([0.5 if name == "huber" else 1.0]))


def test_integers_are_computed_in_float64(solution, rng):
    """Integers give what the same numbers give as floats, including uint8, where 1 - 3 is 254."""
    one_loss(solution, rng)
    true = rng.integers(3, 9, 1)
    pred = true - rng.integers(1, 3)
    for dtype in (np.int64, np.uint8):
        got = solution.mae(pred.astype(dtype), true.astype(dtype))
        assert_close(got, exact_mae(pred, true))
    for name in (*LOSSES, *GRADIENTS):
        expected = getattr(solution, name)(pred.astype(float), true.astype(float))
        for dtype in (np.int64, np.uint8):
            got = getattr(solution, name)(pred.astype(dtype), true.astype(dtype))
            assert_close(got, expected)


def test_gradients_have_the_dtype_of_pred(solution, rng):
    """float32 pred gives a float32 gradient, even if y is float64 or integers."""
    one_loss(solution, rng)
    pred, y = draw(rng, (4,))
    y = np.round(y)
    pred = np.round(y + np.sign(pred - y) * 0.75, 2).astype(np.float32)
    for name in GRADIENTS:
        wide = getattr(solution, name)(pred.astype(float), y)
        if not isinstance(wide, np.ndarray):
            raise CheckFailed("an array was expected", rung="type")
        for true in (y, y.astype(np.float32), y.astype(int)):
            got = getattr(solution, name)(pred, true)
            assert_close(got, wide.astype(np.float32), rtol=1e-4, atol=1e-6)


def test_losses_of_float32(solution, rng):
    """float32 numbers give the same losses, up to their precision."""
    one_loss(solution, rng)
    pred, y = draw(rng, (4,))
    for name in LOSSES:
        wide = getattr(solution, name)(pred, y)
        got = getattr(solution, name)(pred.astype(np.float32), y.astype(np.float32))
        assert_close(got, wide, rtol=1e-4)


@points(2)
def test_refuses_different_shapes(solution, rng):
    """pred and y of different shapes raise ValueError; they are not broadcast."""
    one_loss(solution, rng)
    for one, other in (
        ((3, 1), (3,)), ((3,), (3, 1)), ((3,), (1,)), ((1,), (3,)), ((3, 2), (2,)),
        ((2, 3), (3, 2)), ((3,), ()), ((), (3,)), ((3,), (1, 3)), ((3,), (2,)),
    ):  # fmt: skip
        pred, y = rng.normal(size=one), rng.normal(size=other)
        for name in (*LOSSES, *GRADIENTS):
            with raises(ValueError):
                getattr(solution, name)(pred, y)


def test_refuses_no_elements(solution, rng):
    """Without elements there is no mean: a ValueError, not nan."""
    one_loss(solution, rng)
    for shape in ((0,), (0, 3), (2, 0)):
        for name in (*LOSSES, *GRADIENTS):
            with raises(ValueError):
                getattr(solution, name)(np.empty(shape), np.empty(shape))


def test_refuses_limits_that_are_not_above_zero(solution, rng):
    """delta and beta of 0 or below raise ValueError."""
    one_loss(solution, rng)
    pred, y = draw(rng, (4,))
    for limit in (0.0, -1.0, -float(rng.uniform(0.1, 5.0))):
        for name in ("huber", "huber_grad", "smooth_l1", "smooth_l1_grad"):
            with raises(ValueError):
                getattr(solution, name)(pred, y, limit)


def test_leaves_its_arguments_alone(solution, rng):
    """pred and y do not change."""
    one_loss(solution, rng)
    pred, y = draw(rng, (6,))
    before = pred.copy(), y.copy()
    for name in (*LOSSES, *GRADIENTS):
        getattr(solution, name)(pred, y)
        assert_unchanged(pred, before[0])
        assert_unchanged(y, before[1])
