"""The losses for predicted numbers, compared with scikit-learn, scipy and measurements."""

from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special
from sklearn.metrics import mean_absolute_error, mean_squared_error

from refnn.losses.regression import (
    huber,
    huber_grad,
    mae,
    mae_grad,
    mse,
    mse_grad,
    smooth_l1,
    smooth_l1_grad,
)

Floats = NDArray[np.floating[Any]]
LOSSES = (mse, mae, huber, smooth_l1)
GRADIENTS = (mse_grad, mae_grad, huber_grad, smooth_l1_grad)
shapes = pytest.mark.parametrize("shape", [(1,), (7,), (3, 2), (2, 3, 4)])


def measured(loss: Callable[..., float], pred: Floats, y: Floats, *limit: float) -> Floats:
    """Measure the gradient of a loss with respect to pred."""
    gradient = np.empty_like(pred)
    for index in np.ndindex(pred.shape):
        step = np.zeros_like(pred)
        step[index] = 1e-6
        gradient[index] = (loss(pred + step, y, *limit) - loss(pred - step, y, *limit)) / 2e-6
    return gradient


def test_the_numbers_of_the_lesson() -> None:
    pred, y = [2.5, 1.0], [2.0, 4.0]
    assert (mse(pred, y), mae(pred, y), huber(pred, y)) == (4.625, 1.75, 1.3125)
    assert smooth_l1(pred, y, 2.0) == 1.03125
    assert mse_grad(pred, y).tolist() == [0.5, -3]
    assert mae_grad(pred, y).tolist() == [0.5, -0.5]
    assert huber_grad(pred, y).tolist() == [0.25, -0.5]
    assert smooth_l1_grad(pred, y, 2.0).tolist() == [0.125, -0.5]
    column = np.array([[1.0], [2.0], [3.0]])
    assert round(float(((column - column.ravel()) ** 2).mean()), 2) == 1.33
    assert mae([300.0], [100.0]) == 100 * mae([3.0], [1.0])
    assert mse([300.0], [100.0]) == 10_000 * mse([3.0], [1.0])


def test_the_best_constants_are_mean_and_median() -> None:
    y = [0.0, 1.0, 2.0, 3.0, 100.0]
    constants = np.round(np.arange(0.0, 100.0, 0.1), 1)

    def best(loss: Callable[[Any, Any], float]) -> float:
        return float(constants[np.argmin([loss(np.full(5, c), y) for c in constants])])

    assert best(mse) == round(sum(y) / 5, 1) == 21.2
    assert best(mae) == best(huber) == median(y) == 2.0


@shapes
def test_losses_agree_with_scikit_learn_and_scipy(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(shape))
    pred, y = rng.normal(0, 2, shape), rng.normal(0, 2, shape)
    flat = y.ravel(), pred.ravel()
    assert mse(pred, y) == pytest.approx(mean_squared_error(*flat), rel=1e-12)
    assert mae(pred, y) == pytest.approx(mean_absolute_error(*flat), rel=1e-12)
    for limit in (0.3, 1.0, 2.5):
        expected = float(special.huber(limit, pred - y).mean())
        assert huber(pred, y, limit) == pytest.approx(expected, rel=1e-12)
        assert smooth_l1(pred, y, limit) == pytest.approx(expected / limit, rel=1e-12)


@shapes
def test_gradients_are_the_measured_ones(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(len(shape) + 10)
    pred, y = rng.normal(0, 2, shape), rng.normal(0, 2, shape)
    for loss, gradient in ((mse, mse_grad), (mae, mae_grad)):
        expected = measured(loss, pred, y)
        np.testing.assert_allclose(gradient(pred, y), expected, rtol=1e-6, atol=1e-8)
    for limit in (0.3, 1.0, 2.5):
        expected = measured(huber, pred, y, limit)
        np.testing.assert_allclose(huber_grad(pred, y, limit), expected, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(
            smooth_l1_grad(pred, y, limit), expected / limit, rtol=1e-6, atol=1e-8
        )


def test_errors_whose_square_overflows() -> None:
    with np.errstate(all="raise"):
        assert huber([1e200, 0.0], [0.0, 0.0], 2.0) == pytest.approx(1e200)
        assert smooth_l1([-1e200], [0.0], 2.0) == pytest.approx(1e200)
        assert huber_grad([-1e200], [0.0], 2.0).tolist() == [-2.0]


def test_dtypes() -> None:
    small = np.array([1, 3], dtype=np.uint8)
    assert mae(small, small[::-1]) == 2.0
    for gradient in GRADIENTS:
        assert gradient(np.ones(3, np.float32), np.zeros(3)).dtype == np.float32
        assert gradient(small, small).dtype == np.float64


def test_what_is_refused() -> None:
    for function in (*LOSSES, *GRADIENTS):
        with pytest.raises(ValueError, match="one shape"):
            function(np.ones((3, 1)), np.ones(3))
        with pytest.raises(ValueError, match="elements"):
            function([], [])
    for function in (huber, huber_grad, smooth_l1, smooth_l1_grad):
        for limit in (0.0, -1.0):
            with pytest.raises(ValueError, match="above 0"):
                function([1.0], [2.0], limit)
