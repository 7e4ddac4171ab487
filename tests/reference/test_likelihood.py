"""The negative log-likelihoods, compared with scipy's densities, scikit-learn and polyfit."""

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import norm
from sklearn.linear_model import LinearRegression
from sklearn.metrics import log_loss

from refnn.forward.softmax import log_softmax
from refnn.losses.likelihood import fit_line, gaussian_nll, gaussian_nll_grad, nll_loss
from refnn.losses.regression import mse
from refnn.losses.softmax_cross_entropy import softmax_cross_entropy

Floats = NDArray[np.floating[Any]]
counts = pytest.mark.parametrize("n", [2, 5, 12])


def data(n: int) -> tuple[Floats, Floats, Floats]:
    rng = np.random.default_rng(n)
    return rng.normal(size=n), rng.normal(size=n), rng.uniform(0.1, 5.0, n)


def spread_of_the_slope(x: Floats, variances: Floats, weights: Floats) -> float:
    """Return the standard deviation of a slope that is fitted with some weights."""
    distances = x - (weights * x).sum() / weights.sum()
    shares = weights * distances / (weights * distances**2).sum()
    return float(np.sqrt((shares**2 * variances).sum()))


def test_the_numbers_of_the_lesson() -> None:
    assert round(gaussian_nll([1.0], [3.0], 4.0), 3) == 2.112
    assert round(gaussian_nll([1.0], [3.0], 16.0), 3) == 2.430
    assert gaussian_nll_grad([1.0], [3.0], 4.0).tolist() == [-0.5]
    points = [0.0, 1.0, 2.0], [0.0, 0.0, 3.0]
    for var in (1.0, 1e-3, 4.0, 1e6):
        assert fit_line(*points, var) == pytest.approx((1.5, -0.5), rel=1e-12)
    assert fit_line(*points, [1.0, 0.25, 1.0]) == pytest.approx((1.5, -1.0), rel=1e-12)
    x = np.arange(1.0, 11.0)
    variances = (x / 10) ** 2
    assert round(spread_of_the_slope(x, variances, 1 / variances), 3) == 0.047
    assert round(spread_of_the_slope(x, variances, np.ones(10)), 3) == 0.074


@counts
def test_classes_agree_with_scikit_learn_and_with_logits(n: int) -> None:
    rng = np.random.default_rng(n)
    z, y = rng.normal(0, 2, (n, 4)), rng.integers(0, 4, n)
    logp = log_softmax(z)
    expected = log_loss(y, np.exp(logp), labels=range(4))
    assert nll_loss(logp, y) == pytest.approx(expected, rel=1e-12)
    assert nll_loss(logp, y) == pytest.approx(softmax_cross_entropy(z, y), rel=1e-12)
    assert nll_loss(log_softmax([[0.0, 1000.0]]), [0]) == 1000.0


def test_classes_of_probability_zero() -> None:
    logp = [[-math.inf, 0.0], [math.log(0.5), math.log(0.5)]]
    assert nll_loss(logp, [1, 0]) == pytest.approx(math.log(2) / 2)
    assert nll_loss(logp, [0, 0]) == math.inf


@counts
def test_numbers_agree_with_the_density_of_scipy(n: int) -> None:
    pred, y, var = data(n)
    for variances in (0.3, var):
        expected = -norm.logpdf(y, pred, np.sqrt(variances)).mean()
        assert gaussian_nll(pred, y, variances) == pytest.approx(expected, rel=1e-12)
    scaled = mse(pred, y) / (2 * 0.3) + math.log(2 * math.pi * 0.3) / 2
    assert gaussian_nll(pred, y, 0.3) == pytest.approx(scaled, rel=1e-12)


@counts
def test_the_gradient_is_the_measured_one(n: int) -> None:
    pred, y, var = data(n)
    for variances in (0.3, var):
        measured = []
        for step in 1e-5 * np.eye(n):
            above = gaussian_nll(pred + step, y, variances)
            measured.append((above - gaussian_nll(pred - step, y, variances)) / 2e-5)
        got = gaussian_nll_grad(pred, y, variances)
        np.testing.assert_allclose(got, measured, rtol=1e-6, atol=1e-8)


@counts
def test_lines_agree_with_scikit_learn(n: int) -> None:
    x, y, var = data(n)
    for variances, weights in ((7.0, None), (var, 1 / var)):
        model = LinearRegression().fit(x[:, np.newaxis], y, weights)
        expected = float(model.coef_[0]), float(model.intercept_)
        assert fit_line(x, y, variances) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_line_has_the_smallest_loss() -> None:
    x, y, var = data(12)
    found = minimize(lambda line: gaussian_nll(line[0] * x + line[1], y, var), [0.0, 0.0])
    assert fit_line(x, y, var) == pytest.approx(tuple(found.x), abs=1e-5)


def test_dtypes() -> None:
    ones = np.ones(3, dtype=np.float32)
    assert gaussian_nll_grad(ones, [0.0, 1.0, 2.0], np.ones(3)).dtype == np.float32
    assert gaussian_nll_grad([1, 2], [0, 0], 1).dtype == np.float64
    small = np.array([1, 3], dtype=np.uint8)
    assert gaussian_nll_grad(small, small[::-1], 1.0).tolist() == [-1.0, 1.0]


@pytest.mark.parametrize("y", [[0, -1], [0, 3], [[0], [1]], [0.5, 1.0], [0], [0, 1, 2]])
def test_other_labels_are_refused(y: Any) -> None:
    with pytest.raises(ValueError, match=r"label|integers"):
        nll_loss(-np.ones((2, 3)), y)


def test_what_else_is_refused() -> None:
    for logp in (np.zeros((0, 3)), np.zeros(3)):
        with pytest.raises(ValueError, match="logp"):
            nll_loss(logp, [])
    with pytest.raises(ValueError, match="above 0"):
        nll_loss([[0.2, 0.8]], [1])
    for function in (gaussian_nll, gaussian_nll_grad, fit_line):
        for pred, y, var in (
            ([[1.0], [2.0]], [1.0, 2.0], 1.0),
            ([1.0, 2.0], [1.0], 1.0),
            ([], [], 1.0),
            ([1.0, 2.0], [1.0, 2.0], [1.0]),
            ([1.0, 2.0], [1.0, 2.0], [1.0, 0.0]),
        ):
            with pytest.raises(ValueError, match=r"\(N,\)|variance"):
                function(pred, y, var)
    with pytest.raises(ValueError, match="different x"):
        fit_line([2.0, 2.0], [1.0, 3.0])
