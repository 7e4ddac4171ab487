"""Right: recursion for the regression, and one helper for all tests of shapes."""

import numpy as np

from ..activations.logistic import sigmoid


def need(condition, what):
    if not condition:
        raise ValueError(what)


def newton_step(w, grad, hess, damping=0.0):
    single = all(np.asarray(a).dtype == np.float32 for a in (w, grad, hess))
    w, grad, hess = (np.array(a, dtype=np.float64) for a in (w, grad, hess))
    need(w.ndim == 1 and w.shape == grad.shape, "w and grad must be vectors of one length")
    need(hess.shape == (w.size, w.size), "hess must be square")
    need(damping >= 0, "damping is negative")
    hess.flat[:: w.size + 1] += damping
    w -= np.linalg.solve(hess, grad)
    return w.astype(np.float32) if single else w


def _go_on(X, y, lam, tol, left, w, done):
    p = sigmoid(X @ w)
    g = (p - y) @ X / len(y) + lam * w
    if left == 0 or max(abs(x) for x in g) <= tol:
        return w, done
    q = np.sqrt(p * (1 - p))[:, None] * X
    H = q.T @ q / len(y)
    return _go_on(X, y, lam, tol, left - 1, newton_step(w, g, H, lam), done + 1)


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    need(X.ndim == 2 and y.shape == (len(X),), "X must be (N, D), y must be (N,)")
    need(len(X) > 0, "there are no samples")
    need(0 <= y.min() and y.max() <= 1, "labels must be from 0 to 1")
    need(lam >= 0, "lam is negative")
    return _go_on(X, y, lam, tol, max_iter, np.zeros(X.shape[1]), 0)


def finite_diff_hessian(grad_f, w, h=1e-5):
    w = np.array(w, dtype=float)

    def column(j):
        up, down = w.copy(), w.copy()
        up[j], down[j] = up[j] + h, down[j] - h
        return (np.array(grad_f(up)) - np.array(grad_f(down))) / (2.0 * h)

    M = np.column_stack([column(j) for j in range(len(w))])
    return 0.5 * M + 0.5 * M.T
