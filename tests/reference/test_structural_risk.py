"""The L2 penalty, compared with exact fractions, measurements and scikit-learn's ridge."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar
from sklearn.linear_model import Ridge

from refnn.losses.structural_risk import l2_penalty, l2_penalty_grads, structural_risk

Floats = NDArray[np.floating[Any]]
SIZES = [(1, 4), (4, 1), (5, 3)]


def draw(seed: int = 0) -> list[Floats]:
    rng = np.random.default_rng(seed)
    return [rng.normal(size=size) for size in SIZES]


def test_the_numbers_of_the_lesson() -> None:
    W = [[1.0, -2.0], [0.0, 3.0]]
    assert l2_penalty([W], 0.1) == pytest.approx(0.7)
    np.testing.assert_allclose(l2_penalty_grads([W], 0.1)[0], [[0.1, -0.2], [0.0, 0.3]])
    assert structural_risk(0.5, [W], 0.1) == pytest.approx(1.2)
    spectral = float(np.linalg.norm(W, 2)) ** 2
    assert (round(spectral, 2), round(0.05 * spectral, 3)) == (13.32, 0.666)
    best = minimize_scalar(lambda b: structural_risk((b - 100) ** 2, [[[b]]], 1.0)).x
    assert round(best, 1) == 66.7


@pytest.mark.parametrize("lam", [0.0, 0.3, 2.0])
def test_penalties_agree_with_exact_fractions(lam: float) -> None:
    weights = draw()
    squares = sum(Fraction(w) ** 2 for W in weights for w in W.ravel().tolist())
    expected = float(Fraction(lam) / 2 * squares)
    assert l2_penalty(weights, lam) == pytest.approx(expected, rel=1e-13)
    assert structural_risk(1.5, weights, lam) == pytest.approx(1.5 + expected, rel=1e-13)
    assert l2_penalty([], lam) == 0.0
    assert l2_penalty_grads([], lam) == []


def test_gradients_are_the_measured_ones() -> None:
    weights = draw(1)
    for W, got in zip(weights, l2_penalty_grads(weights, 0.7), strict=True):
        measured = np.empty_like(W)
        for index in np.ndindex(W.shape):
            original = W[index]
            W[index] = original + 1e-5
            above = l2_penalty(weights, 0.7)
            W[index] = original - 1e-5
            measured[index] = (above - l2_penalty(weights, 0.7)) / 2e-5
            W[index] = original
        np.testing.assert_allclose(got, measured, rtol=1e-6, atol=1e-9)


def test_the_smallest_risk_is_the_ridge_of_scikit_learn() -> None:
    rng = np.random.default_rng(2)
    samples, targets = rng.normal(size=(20, 3)), rng.normal(size=20)
    norms = []
    for lam in (0.05, 0.5, 5.0):

        def risk(w: Floats, lam: float = lam) -> float:
            empirical = float(((samples @ w - targets) ** 2).mean() / 2)
            return structural_risk(empirical, [w[:, np.newaxis]], lam)

        found = minimize(risk, np.zeros(3), tol=1e-10).x
        # scikit-learn adds up the squared errors of all samples, and has no factor 1/2.
        ridge = Ridge(alpha=lam * len(samples), fit_intercept=False).fit(samples, targets)
        np.testing.assert_allclose(found, ridge.coef_, atol=1e-5)
        norms.append(float(np.linalg.norm(found)))
    assert norms == sorted(norms, reverse=True)


def test_dtypes() -> None:
    small, wide = np.ones((2, 3), dtype=np.float32), np.ones((3, 2))
    assert [g.dtype for g in l2_penalty_grads([small, wide], 0.1)] == [np.float32, np.float64]
    numbers = np.array([[100, -100]], dtype=np.int8)
    assert l2_penalty([numbers], 0.5) == 5000.0
    assert l2_penalty_grads([numbers], 0.5)[0].tolist() == [[50.0, -50.0]]


def test_what_is_refused() -> None:
    matrix = np.ones((2, 3))
    for function in (l2_penalty, l2_penalty_grads):
        for other in (np.ones(3), np.ones((1, 2, 3)), np.float64(1.0)):
            with pytest.raises(ValueError, match="matrix"):
                function([matrix, other], 0.1)
        with pytest.raises(ValueError, match="lam"):
            function([matrix], -0.1)
    with pytest.raises(ValueError, match="lam"):
        structural_risk(1.0, [], -0.1)
