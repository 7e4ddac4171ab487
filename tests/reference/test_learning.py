"""The perceptron rule against exact fractions, scikit-learn where it is installed, and Novikoff."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import Perceptron

from refnn.perceptron.learning import fit_perceptron

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
AND, OR, XOR = [0, 0, 0, 1], [0, 1, 1, 1], [0, 1, 1, 0]


def exact_fit(
    X: NDArray[np.float64], y: list[int], epochs: int, lr: Fraction
) -> tuple[list[Fraction], Fraction, list[int]]:
    w, b, history = [Fraction(0)] * X.shape[1], Fraction(0), []
    for _ in range(epochs):
        mistakes = 0
        for row, label in zip(X.tolist(), y, strict=True):
            x = [Fraction(v) for v in row]
            answer = sum((a * v for a, v in zip(w, x, strict=True)), start=b) >= 0
            if answer and label == 0:
                w, b = [a - lr * v for a, v in zip(w, x, strict=True)], b - lr
            elif not answer and label == 1:
                w, b = [a + lr * v for a, v in zip(w, x, strict=True)], b + lr
            mistakes += int(answer) != label
        history.append(mistakes)
        if not mistakes:
            break
    return w, b, history


def test_the_lesson_s_gates() -> None:
    w, b, history = fit_perceptron(CORNERS, AND, epochs=1)
    assert (w.tolist(), b, history) == ([1.0, 1.0], 0.0, [2])
    w, b, history = fit_perceptron(CORNERS, AND)
    assert (w.tolist(), b, history) == ([2.0, 1.0], -3.0, [2, 3, 3, 2, 1, 0])
    w, b, history = fit_perceptron(CORNERS, OR)
    assert (w.tolist(), b, history) == ([1.0, 1.0], -1.0, [2, 2, 1, 0])


@pytest.mark.parametrize("epochs", [0, 1, 2, 50])
def test_xor_is_never_learned(epochs: int) -> None:
    _, _, history = fit_perceptron(CORNERS, XOR, epochs=epochs)
    assert history == [3, 3, *[4] * 98][:epochs]


@pytest.mark.parametrize("lr", [0.5, 1.0, 0.1])
@pytest.mark.parametrize(("N", "n"), [(7, 3), (1, 4), (0, 2), (9, 1)])
def test_agrees_with_exact_fractions(N: int, n: int, lr: float) -> None:
    rng = np.random.default_rng(N)
    X, y = rng.normal(size=(N, n)), rng.integers(0, 2, N)
    w, b, history = fit_perceptron(X, y, epochs=5, lr=lr)
    right = exact_fit(X, y.tolist(), 5, Fraction(lr))
    assert history == right[2]
    assert b == pytest.approx(float(right[1]), rel=1e-12)
    np.testing.assert_allclose(w, [float(v) for v in right[0]], rtol=1e-9, atol=1e-12)


def test_a_learning_rate_of_a_tenth_changes_the_way_by_rounding() -> None:
    assert fit_perceptron(CORNERS, AND, lr=0.5)[2] == [2, 3, 3, 2, 1, 0]
    assert fit_perceptron(CORNERS, AND, lr=0.1)[2] == [2, 3, 3, 0]
    exact = exact_fit(CORNERS.astype(float), AND, 100, Fraction(1, 10))
    assert exact[2] == [2, 3, 3, 2, 1, 0]


@pytest.mark.parametrize("seed", range(10))
def test_novikoff_s_bound_holds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    line = rng.normal(size=4)
    A = np.hstack([rng.normal(size=(300, 3)), np.ones((300, 1))])
    distance = A @ line / np.linalg.norm(line)
    keep = np.abs(distance) > 0.2
    X, y = A[keep, :3], (distance[keep] > 0).astype(int)
    w, b, history = fit_perceptron(X, y, epochs=10_000)
    assert history[-1] == 0
    assert ((X @ w + b >= 0) == y).all()
    bound = (A[keep] ** 2).sum(axis=1).max() / np.abs(distance[keep]).min() ** 2
    assert sum(history) <= bound


def test_agrees_with_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    # It counts a net input of 0 as a mistake, so the first sample has the label 0.
    X, y = rng.normal(size=(40, 3)), rng.integers(0, 2, 40)
    y[:2] = 0, 1
    model = Perceptron(max_iter=6, tol=None, shuffle=False, penalty=None)
    model.fit(X, y)
    w, b, _ = fit_perceptron(X, y, epochs=6)
    np.testing.assert_allclose(model.coef_[0], w, rtol=1e-9)
    assert model.intercept_[0] == pytest.approx(b)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (CORNERS, OR[:3]),
        (CORNERS[:3], OR),
        (CORNERS, [[v] for v in OR]),
        (CORNERS[:, 0], OR),
        (CORNERS, 1),
    ],
)
def test_shapes_that_do_not_fit_are_refused(X: NDArray[np.int64], y: list[int]) -> None:
    with pytest.raises(ValueError, match="expected"):
        fit_perceptron(X, y)


def test_its_arguments_stay_as_they_are() -> None:
    X, y = CORNERS.astype(float), np.array(AND)
    fit_perceptron(X, y)
    np.testing.assert_array_equal(X, CORNERS)
    assert y.tolist() == AND
