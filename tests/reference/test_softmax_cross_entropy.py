"""Loss and gradient from logits, compared with scikit-learn, with scipy and with decimals."""

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from scipy.special import expit
from sklearn.metrics import log_loss

from refnn.losses.softmax_cross_entropy import (
    bce_with_logits,
    bce_with_logits_grad,
    softmax_cross_entropy,
    softmax_cross_entropy_grad,
)


def decimal_loss(z: list[list[float]], y: list[int]) -> float:
    """Compute the mean with 1500 digits, where nothing is rounded to 0."""
    with localcontext() as context:
        context.prec = 1500
        costs = []
        for row, label in zip(z, y, strict=True):
            powers = [Decimal(score).exp() for score in row]
            costs.append(-(powers[label] / sum(powers)).ln())
        return float(sum(costs) / len(costs))


def measured(f: Callable[[Any], float], x: Any) -> Any:
    """Measure the gradient with central differences."""
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = 1e-5
        gradient[index] = (f(x + step) - f(x - step)) / 2e-5
    return gradient


def test_the_numbers_of_the_lesson() -> None:
    z = [[0.0, math.log(2.0), 0.0]]
    assert round(softmax_cross_entropy(z, [1]), 3) == 0.693
    np.testing.assert_allclose(softmax_cross_entropy_grad(z, [1]), [[0.25, -0.5, 0.25]])
    np.testing.assert_allclose(softmax_cross_entropy_grad(z * 2, [1, 1])[0], [0.125, -0.25, 0.125])
    p = np.array([0.25, 0.5, 0.25])
    twice = (p - [0, 1, 0]) * p * (1 - p)
    assert [round(v, 3) for v in twice.tolist()] == [0.047, -0.125, 0.047]


@pytest.mark.parametrize("gap", [30.0, 700.0, 1000.0])
def test_far_logits_agree_with_decimals(gap: float) -> None:
    z = [[0.0, gap], [gap, 3.0], [-gap, -gap]]
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        got = softmax_cross_entropy(z, [0, 1, 0])
        np.testing.assert_allclose(
            softmax_cross_entropy_grad([[0.0, 1000.0]], [0]), [[-1.0, 1.0]], atol=1e-12
        )
    assert got == pytest.approx(decimal_loss(z, [0, 1, 0]), rel=1e-13)


@pytest.mark.parametrize(("n", "c"), [(1, 3), (7, 3), (4, 4), (5, 10)])
def test_losses_agree_with_scikit_learn(n: int, c: int) -> None:
    rng = np.random.default_rng(n)
    z, y = rng.normal(0, 2, (n, c)), rng.integers(0, c, n)
    P = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    assert softmax_cross_entropy(z, y) == pytest.approx(log_loss(y, P, labels=range(c)), rel=1e-12)
    labels = rng.integers(0, 2, n)
    expected = log_loss(labels, expit(z[:, 0]), labels=[0, 1])
    assert bce_with_logits(z[:, 0], labels) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("n", "c"), [(1, 3), (7, 3), (2, 6)])
def test_gradients_are_the_measured_ones(n: int, c: int) -> None:
    rng = np.random.default_rng(n)
    z, Y = rng.normal(0, 2, (n, c)), rng.dirichlet(np.ones(c), n)
    got: Any = softmax_cross_entropy_grad(z, Y)
    np.testing.assert_allclose(got, measured(lambda v: softmax_cross_entropy(v, Y), z), atol=1e-8)
    np.testing.assert_allclose(got.sum(axis=1), 0.0, atol=1e-15)
    y = rng.uniform(0, 1, n)
    got = bce_with_logits_grad(z[:, 0], y)
    np.testing.assert_allclose(got, (expit(z[:, 0]) - y) / n, rtol=1e-12)
    np.testing.assert_allclose(got, measured(lambda v: bce_with_logits(v, y), z[:, 0]), atol=1e-8)


def test_binary_losses_of_far_logits() -> None:
    assert bce_with_logits([-800.0], [1]) == bce_with_logits([800.0], [0]) == 800.0
    assert bce_with_logits([-800.0], [0]) == bce_with_logits([800.0], [1]) == 0.0
    assert bce_with_logits([40.0], [1]) == pytest.approx(math.exp(-40), rel=1e-12, abs=1e-15)


def test_a_logit_of_minus_infinity_excludes_its_class() -> None:
    z, y = np.array([[0.0, -np.inf, math.log(3.0)]]), np.array([2])
    assert softmax_cross_entropy(z, y) == pytest.approx(math.log(4 / 3))
    np.testing.assert_allclose(softmax_cross_entropy_grad(z, y), [[0.25, 0.0, -0.25]])


def test_dtypes() -> None:
    z = np.zeros((2, 3), dtype=np.float32)
    assert softmax_cross_entropy_grad(z, [0, 1]).dtype == np.float32
    assert softmax_cross_entropy_grad(z, np.eye(3)[:2]).dtype == np.float32
    assert bce_with_logits_grad(z[0], [0, 1, 1]).dtype == np.float32
    assert bce_with_logits_grad([0, 1], [0, 1]).dtype == np.float64


@pytest.mark.parametrize("y", [[0, -1], [0, 3], [[0], [1]], [0.5, 1.0], [0], [[1, 0, 0]], 0])
def test_other_labels_are_refused(y: Any) -> None:
    for function in (softmax_cross_entropy, softmax_cross_entropy_grad):
        with pytest.raises(ValueError, match=r"label|y|integers"):
            function(np.zeros((2, 3)), y)


@pytest.mark.parametrize(
    ("z", "y"),
    [([[0.0], [1.0]], [0, 1]), ([0.0, 1.0], [[0], [1]]), ([0.0], [2]), ([0.0], [-1]), ([], [])],
)
def test_other_binary_labels_are_refused(z: list[float], y: list[int]) -> None:
    for function in (bce_with_logits, bce_with_logits_grad):
        with pytest.raises(ValueError, match=r"y|z"):
            function(z, y)
