"""Hidden checks of the kata newton-method."""

import numpy as np

from nnkata.testing import (
    CheckFailed,
    assert_close,
    assert_equal,
    assert_unchanged,
    points,
)

H = np.array([[2.0, 1.0], [1.0, 3.0]])
"""The Hessian of the lesson's example."""


def draw_hessian(rng, d):
    """Draw a symmetric matrix of two decimals with eigenvalues from about 1 to about 3."""
    q, _ = np.linalg.qr(rng.normal(size=(d, d)))
    matrix = ((q * rng.uniform(1.0, 3.0, d)) @ q.T).round(2)
    return np.triu(matrix) + np.triu(matrix, 1).T


def draw_numbers(rng, *shape):
    """Draw numbers of two decimals."""
    return rng.normal(size=shape).round(2)


def draw_penalty(rng):
    """Draw lam."""
    return round(float(rng.uniform(0.05, 0.5)), 2)


def draw_samples(rng, n, d):
    """Draw samples, and labels that no plane separates: two samples are in both classes.

    At w = 0, all numbers in the gradient are below 0.
    """
    half = draw_numbers(rng, n // 2, d)
    near = (half + draw_numbers(rng, *half.shape)).round(2)
    y = rng.integers(0, 2, n // 2).astype(float)
    X, y = np.vstack((half, near, half[:2], half[:2])), np.concatenate((y, y, [0, 0, 1, 1]))
    slopes = X.T @ (y - 0.5)
    if (np.abs(slopes) < 0.001).any():  # with two decimals, a number in the gradient may be 0
        return draw_samples(rng, n, d)
    return X * np.where(slopes < 0, -1.0, 1.0), y


def derivatives(X, y, lam, w):
    """Return gradient and Hessian of the logistic regression."""
    p = 1.0 / (1.0 + np.exp(-(X @ w)))
    g, h = lam * w, lam * np.eye(X.shape[1])
    for x, target, prob in zip(X, y, p, strict=True):
        g = g + (prob - target) * x / len(X)
        h = h + prob * (1 - prob) * np.outer(x, x) / len(X)
    return g, h


def fitted(X, y, lam, tol=1e-10, max_iter=50):
    """Return the weights and the number of steps of the logistic regression."""
    w = np.zeros(X.shape[1])
    for steps in range(max_iter + 1):
        g, h = derivatives(X, y, lam, w)
        if np.abs(g).max() <= tol or steps == max_iter:
            break
        w = w - np.linalg.solve(h, g)
    return w, steps


@points(3)
def test_one_step_to_the_bottom(solution, rng):
    """From any point of a parabola, one step without damping leads to its bottom."""
    got = solution.newton_step(np.array([1.0, 1.0]), np.array([3.0, 4.0]), H)
    assert_close(got, np.zeros(2), atol=1e-12)
    for d in (1, 2, 4):
        matrix, bottom, w = draw_hessian(rng, d), draw_numbers(rng, d), draw_numbers(rng, d)
        got = solution.newton_step(w, (matrix @ (w - bottom)).round(4), matrix)
        assert_close(got, bottom, atol=1e-10)


@points(3)
def test_damping(solution, rng):
    """damping is added to the diagonal of the Hessian before the system is solved."""
    got = solution.newton_step(np.array([1.0, 1.0]), np.array([3.0, 4.0]), H, 1.0)
    assert_close(got, np.array([3.0, 2.0]) / 11)
    for d, damping in ((1, 0.5), (2, 2.0), (4, 30.0)):
        matrix, g, w = draw_hessian(rng, d), draw_numbers(rng, d), draw_numbers(rng, d)
        got = solution.newton_step(w, g, matrix, damping=damping)
        assert_close(got, w - np.linalg.inv(matrix + damping * np.eye(d)) @ g, atol=1e-10)


@points(2)
def test_saddle(solution, rng):
    """At x² - y², a step leads to the saddle (0, 0); with damping 3 it leads away from it."""
    saddle = np.diag([2.0, -2.0])
    w, g = np.array([1.0, 0.1]), np.array([2.0, -0.2])
    assert_close(solution.newton_step(w, g, saddle), np.zeros(2), atol=1e-12)
    assert_close(solution.newton_step(w, g, saddle, 3.0), np.array([0.6, 0.3]))
    w = draw_numbers(rng, 2)
    assert_close(solution.newton_step(w, saddle @ w, saddle), np.zeros(2), atol=1e-12)


def test_step_with_other_dtypes(solution, rng):
    """float32 arguments give float32, and integers are converted to float64."""
    got = solution.newton_step(np.array([1, 1]), np.array([3, 4]), np.array([[2, 1], [1, 3]]), 1)
    assert_close(got, np.array([3.0, 2.0]) / 11)
    matrix, g, w = draw_hessian(rng, 3), draw_numbers(rng, 3), draw_numbers(rng, 3)
    for damping in (0.0, 0.5):
        got = solution.newton_step(*(a.astype(np.float32) for a in (w, g, matrix)), damping)
        expected = w - np.linalg.inv(matrix + damping * np.eye(3)) @ g
        assert_close(got, expected.astype(np.float32), rtol=1e-4, atol=1e-4)


def test_step_leaves_its_arguments_alone(solution, rng):
    """The point, the gradient and the Hessian do not change."""
    for damping in (0.0, 0.7):
        matrix, g, w = draw_hessian(rng, 3), draw_numbers(rng, 3), draw_numbers(rng, 3)
        before = w.copy(), g.copy(), matrix.copy()
        got = solution.newton_step(w, g, matrix, damping)
        expected = before[0] - np.linalg.inv(before[2] + damping * np.eye(3)) @ before[1]
        assert_close(got, expected, atol=1e-10)
        for now, old in zip((w, g, matrix), before, strict=True):
            assert_unchanged(now, old)


def refuse(solution, name, calls):
    """Fail unless all calls raise a ValueError."""
    got = solution.probe.try_calls(name, calls)
    if got != [True] * len(calls):
        raise CheckFailed("a ValueError was expected", got=str(got), expected="ValueError")


def test_step_refuses_a_singular_matrix(solution, rng):
    """If H + damping I is singular, there is no single step: a ValueError."""
    w, g = draw_numbers(rng, 2), draw_numbers(rng, 2)
    singular = np.array([[2.0, 4.0], [4.0, 8.0]])
    expected = w - np.linalg.inv(singular + np.eye(2)) @ g
    assert_close(solution.newton_step(w, g, singular, 1.0), expected, atol=1e-10)
    cases = [(singular, 0.0), (np.zeros((2, 2)), 0.0), (np.diag([2.0, -2.0]), 2.0)]
    refuse(solution, "newton_step", [(w, g, matrix, damping) for matrix, damping in cases])


def test_step_refuses_other_shapes(solution, rng):
    """w and grad must be (D,) and hess (D, D), and damping not below 0; otherwise: ValueError."""
    matrix, g, w = draw_hessian(rng, 3), draw_numbers(rng, 3), draw_numbers(rng, 3)
    assert_close(solution.newton_step(w, g, matrix), w - np.linalg.inv(matrix) @ g, atol=1e-10)
    for args in (
        (w, g[:2], matrix), (w, g[:1], matrix), (w[:2], g, matrix), (w[:1], g, matrix),
        (w[:, None], g[:, None], matrix), (w, g[:, None], matrix), (w, g, matrix[:2]),
        (w, g, matrix[:1, :1]), (w, g, matrix[:, 0]), (w, g, matrix[None]), (w, g, matrix, -0.1),
        (w[:, None], g, matrix), (w[None], g[None], matrix),
    ):  # fmt: skip
        refuse(solution, "newton_step", [args])


def compare_fit(solution, X, y, lam, **options):
    """Compare weights and number of steps with the right ones."""
    w, steps = fitted(X, y, lam, **options)
    got = solution.logistic_newton(X, y, lam, **options)
    if type(got) is not tuple or len(got) != 2:
        raise CheckFailed("the weights and the number of steps were expected", rung="type")
    assert_close(got[0], w, rtol=1e-7, atol=1e-9)
    assert_close(got[1], steps)


@points(6)
def test_first_steps_of_the_regression(solution, rng):
    """The regression starts at 0 and takes Newton's steps: the weights after 1, 2 and 3 of them."""
    X, y = np.array([[2.0], [-2.0]]), np.array([1.0, 0.0])
    assert_close(solution.logistic_newton(X, y, 0.0, max_iter=1), (np.array([1.0]), 1))
    for steps, d in ((1, 1), (1, 3), (2, 2), (3, 4)):
        X, y = draw_samples(rng, 20, d)
        compare_fit(solution, X, y, draw_penalty(rng), max_iter=steps)


@points(2)
def test_regression_without_a_penalty(solution, rng):
    """With lam = 0, only the mean cross-entropy is minimized."""
    # Without a penalty, sums lead to the same steps as means, but they stop later: so no case here
    # takes so many steps that it stops by tol.
    for steps, d in ((1, 1), (2, 3), (2, 2)):
        X, y = draw_samples(rng, 20, d)
        compare_fit(solution, X, y, 0.0, max_iter=steps)


@points(4)
def test_regression_until_it_is_flat(solution, rng):
    """By default, steps are made and counted until no number in the gradient is above 1e-10."""
    for n, d in ((10, 2), (30, 3), (24, 1)):
        X, y = draw_samples(rng, n, d)
        compare_fit(solution, X, y, draw_penalty(rng))


@points(2)
def test_regression_stops_at_tol(solution, rng):
    """The regression stops before a step if no number in the gradient is larger than tol."""
    X, y = draw_samples(rng, 20, 3)
    for tol in (1e-2, 1e-4, 10.0):
        compare_fit(solution, X, y, 0.1, tol=tol)
    compare_fit(solution, X, y, 0.1, tol=1e-2, max_iter=1)
    compare_fit(solution, np.array([[2.0], [-2.0]]), np.array([0.5, 0.5]), 0.0, tol=0.0)


def test_regression_stops_after_max_iter(solution, rng):
    """No more than max_iter steps (by default 50) are made, even if the classes are separable."""
    X, y = draw_samples(rng, 20, 2)
    compare_fit(solution, X, y, 0.1, max_iter=0)
    # A strong penalty: a step without it in the Hessian is far too long, whatever was drawn.
    compare_fit(solution, X, y, 20.0, tol=-1.0)
    half = rng.uniform(1.0, 2.0, (4, 1)).round(2)
    X, y = np.vstack((half, -half)), np.repeat([1.0, 0.0], 4)
    for steps in (4, 7):
        compare_fit(solution, X, y, 0.0, max_iter=steps)


def test_regression_with_other_labels(solution, rng):
    """Labels may be integers or probabilities, and samples may be integers or float32."""
    X, y = draw_samples(rng, 10, 2)
    compare_fit(solution, X, y.astype(int), 0.2, max_iter=2)
    compare_fit(solution, X, rng.uniform(0.0, 1.0, len(y)).round(2), 0.2)
    compare_fit(solution, rng.integers(-2, 3, X.shape), y, 0.2)
    small = X.astype(np.float32)
    w, _ = fitted(small.astype(float), y, 0.2)
    assert_close(solution.logistic_newton(small, y, 0.2, tol=1e-6)[0], w, rtol=1e-4, atol=1e-5)


def test_regression_refuses_what_does_not_fit(solution, rng):
    """Other shapes, no samples, labels outside 0 to 1, or lam below 0 raise ValueError."""
    X, y = draw_samples(rng, 10, 2)
    compare_fit(solution, X, y, 0.2, max_iter=2)
    for args in (
        (X, y[:-1], 0.1), (X, y[:, None], 0.1), (X[:, 0], y, 0.1), (X, y[:1], 0.1),
        (X[None], y, 0.1), (X[:0], y[:0], 0.1), (X, 2 * y, 0.1), (X, 2 * y - 1, 0.1), (X, y, -0.1),
    ):  # fmt: skip
        refuse(solution, "logistic_newton", [args])


def test_regression_leaves_its_arguments_alone(solution, rng):
    """The samples and the labels do not change."""
    X, y = draw_samples(rng, 10, 2)
    before = X.copy(), y.copy()
    compare_fit(solution, X, y, 0.2, max_iter=2)
    assert_unchanged(X, before[0])
    assert_unchanged(y, before[1])


@points(3)
def test_measured_hessian(solution, rng):
    """finite_diff_hessian measures the second derivatives by central differences."""
    got = solution.finite_diff_hessian(solution.fn("lambda w: w ** 3"), np.array([1.0, 2.0]))
    assert_close(got, np.diag([3.0, 12.0]), atol=1e-6)
    for d in (1, 2, 4):
        A, c, w = draw_hessian(rng, d), draw_numbers(rng, d), draw_numbers(rng, d)
        expected = A + 6 * (c @ w) * np.outer(c, c)
        got = solution.probe.measured_of_a_cubic(w, A, c)
        assert_close(got, expected, rtol=1e-6, atol=1e-6)


def test_step_of_the_differences(solution, rng):
    """h is the distance to each side; for w³ the error of the measured slope 3 w² is h²."""
    cubic = solution.fn("lambda w: w ** 3")
    for h in (0.1, 0.5):
        w = draw_numbers(rng, 3)
        got = solution.finite_diff_hessian(cubic, w, h)
        assert_close(got, np.diag(3 * w**2 + h**2), atol=1e-10)
        assert_close(
            solution.finite_diff_hessian(cubic, w, h=h / 2)[0, 0], 3 * w[0] ** 2 + h**2 / 4
        )


def test_measured_hessian_is_symmetric(solution, rng):
    """The result is the mean of the measured matrix and its transpose; w does not change."""
    for d in (2, 3):
        matrix, w = draw_numbers(rng, d, d), draw_numbers(rng, d)
        got = solution.probe.measured_at(w, matrix)
        assert_close(got, ((matrix + matrix.T) / 2, w), atol=1e-8)
        assert_equal(got[0], got[0].T)
        assert_equal(got[1], w)
    got = solution.probe.measured_at(np.array([1, 2]), np.array([[2.0, 1.0], [1.0, 3.0]]))[0]
    assert_close(got, H, atol=1e-8)
