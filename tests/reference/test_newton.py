"""Newton's method, compared with scikit-learn, scipy and mpmath, and with the lesson's numbers."""

from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit, log1p
from sklearn.linear_model import LogisticRegression

from refnn.optim.newton import finite_diff_hessian, logistic_newton, newton_step

Floats = NDArray[np.floating[Any]]
X_LESSON = np.array([[1.0, x] for x in (-2, -1, 0, 1, 2)])
Y_LESSON = np.array([0, 0, 1, 0, 1])


def draw(n: int, d: int, seed: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    y = (X @ rng.normal(size=d) + rng.logistic(size=n) > 0).astype(float)
    y[:2] = 0, 1
    return X, y


@pytest.mark.parametrize("damping", [0, 0.5, 20])
@pytest.mark.parametrize("d", [1, 3, 5])
def test_a_step_solves_the_system_exactly(d: int, damping: float) -> None:
    rng = np.random.default_rng(d)
    w, g, half = rng.normal(size=d), rng.normal(size=d), rng.normal(size=(d, d))
    hess = half @ half.T + np.eye(d)
    mpmath.mp.dps = 40
    system = mpmath.matrix(hess.tolist()) + damping * mpmath.eye(d)
    exact = mpmath.matrix(w.tolist()) - mpmath.lu_solve(system, mpmath.matrix(g.tolist()))
    got = newton_step(w, g, hess, damping)
    np.testing.assert_allclose(got, [float(x) for x in exact], rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("lam", [0.01, 0.1, 2.0])
@pytest.mark.parametrize(("n", "d"), [(40, 3), (100, 1), (25, 6)])
def test_the_regression_is_that_of_scikit_learn(n: int, d: int, lam: float) -> None:
    X, y = draw(n, d, n)
    w, steps = logistic_newton(X, y, lam)
    model = LogisticRegression(C=1 / (lam * n), fit_intercept=False, tol=1e-12, max_iter=10_000)
    np.testing.assert_allclose(w, model.fit(X, y).coef_[0], rtol=1e-5, atol=1e-6)
    assert 0 < steps <= 8


def test_soft_labels_by_scipy() -> None:
    X, _ = draw(30, 3, 1)
    y = np.random.default_rng(2).uniform(size=30)

    def risk(w: Floats) -> float:
        z = X @ w
        losses = np.maximum(z, 0) - y * z + log1p(np.exp(-np.abs(z)))
        return float(losses.mean() + 0.05 * (w @ w))

    best = minimize(
        risk, np.zeros(3), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-14}
    )
    np.testing.assert_allclose(logistic_newton(X, y, 0.1)[0], best.x, atol=1e-6)


def test_the_numbers_of_the_lesson() -> None:
    H, w, g = [[2, 1], [1, 3]], [1, 1], [3, 4]
    np.testing.assert_allclose(newton_step(w, g, H), [0, 0], atol=1e-15)
    np.testing.assert_allclose(newton_step(w, g, H, 1), [3 / 11, 2 / 11])
    saddle = np.diag([2.0, -2.0])
    np.testing.assert_allclose(newton_step([1, 0.1], [2, -0.2], saddle), [0, 0], atol=1e-15)
    np.testing.assert_allclose(newton_step([1, 0.1], [2, -0.2], saddle, 3), [0.6, 0.3])
    got, steps = logistic_newton([[2], [-2]], [1, 0], 0.0, max_iter=1)
    assert (got.tolist(), steps) == ([1.0], 1)


def test_five_steps_or_59() -> None:
    w, steps = logistic_newton(X_LESSON, Y_LESSON, 0.01)
    assert steps == 5
    slow, count = np.zeros(2), 0
    while True:
        g = X_LESSON.T @ (expit(X_LESSON @ slow) - Y_LESSON) / 5 + 0.01 * slow
        if np.abs(g).max() <= 1e-10:
            break
        slow, count = slow - 2.0 * g, count + 1
    assert count == 59
    np.testing.assert_allclose(w, slow, rtol=1e-8)


def test_separable_classes_have_no_minimum() -> None:
    X, y = np.array([[-2.0], [-1.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    lengths = [logistic_newton(X, y, 0.0, max_iter=n)[0].item() for n in range(5, 12)]
    np.testing.assert_allclose(np.diff(lengths), 1.0, atol=0.05)
    assert logistic_newton(X, y, 0.0, max_iter=7)[1] == 7
    assert logistic_newton(X, y, 0.0, max_iter=0)[0].tolist() == [0]


def test_the_measured_hessian_is_the_right_one() -> None:
    """Compare with the second derivatives of x² sin(y) + e^(x z) that mpmath finds."""

    def grad(w: Floats) -> list[float]:
        x, y, z = w.tolist()
        e = float(np.exp(x * z))
        return [2 * x * np.sin(y) + z * e, x * x * np.cos(y), x * e]

    w = np.array([0.7, -0.4, 1.1])
    got = finite_diff_hessian(grad, w)
    for i in range(3):
        for j in range(3):
            order = tuple((k == i) + (k == j) for k in range(3))
            exact = mpmath.diff(
                lambda x, y, z: x**2 * mpmath.sin(y) + mpmath.exp(x * z), tuple(w.tolist()), order
            )
            assert got[i, j] == pytest.approx(float(exact), abs=1e-8)
    assert (got == got.T).all()
    assert finite_diff_hessian(lambda v: v**3, [1], 0.1).item() == pytest.approx(3.01)
    assert finite_diff_hessian(lambda v: v, np.zeros(0)).shape == (0, 0)


def test_dtypes_and_arguments() -> None:
    w, g, hess = np.ones(2), np.full(2, 2.0), 2 * np.eye(2)
    small = newton_step(w.astype("f4"), g.astype("f4"), hess.astype("f4"), 0.5)
    assert small.dtype == np.float32
    assert newton_step([1, 1], [2, 2], [[2, 0], [0, 2]]).dtype == np.float64
    newton_step(w, g, hess)
    assert (w == 1).all()
    assert (g == 2).all()
    assert logistic_newton(X_LESSON.astype(np.float32), Y_LESSON, 0.1)[0].dtype == np.float64


def test_what_is_refused() -> None:
    w, H = np.ones(2), np.eye(2)
    steps: list[tuple[Any, ...]] = [
        (w, np.ones(1), H), (w, np.ones((2, 1)), H), (w, w, np.eye(3)), (w, w, np.ones(2)),
        (w[:, None], w[:, None], H), (w, w, H, -1.0), (w, w, np.ones((2, 2))), (1.0, 1.0, 1.0),
    ]  # fmt: skip
    for args in steps:
        with pytest.raises(ValueError, match=r"must be|must not|Singular"):
            newton_step(*args)
    y = Y_LESSON
    fits: list[tuple[Any, ...]] = [
        (X_LESSON[:, 0], y, 0.1), (X_LESSON, y[:4], 0.1), (X_LESSON, y[:, None], 0.1),
        (X_LESSON[:0], y[:0], 0.1), (X_LESSON, 2 * y - 1, 0.1), (X_LESSON, 2 * y, 0.1),
        (X_LESSON, y, -0.1),
    ]  # fmt: skip
    for args in fits:
        with pytest.raises(ValueError, match=r"must|no samples"):
            logistic_newton(*args)
