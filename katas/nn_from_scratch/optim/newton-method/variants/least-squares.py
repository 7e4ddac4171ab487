"""Least squares with a test of the rank, and the regression as reweighted least squares."""

import numpy as np

from ..activations.logistic import sigmoid


def newton_step(w, grad, hess, damping=0.0):
    kind = np.result_type(w, grad, hess)
    if kind.kind != "f":
        kind = np.dtype(float)
    w, grad, hess = (np.array(a, dtype=kind) for a in (w, grad, hess))
    if w.ndim != 1 or grad.shape != w.shape or hess.shape != (len(w), len(w)):
        raise ValueError("the shapes do not match")
    if damping < 0:
        raise ValueError("damping is negative")
    delta, _, rank, _ = np.linalg.lstsq(hess + np.diag([kind.type(damping)] * len(w)), -grad)
    if rank < len(w):
        raise ValueError("the matrix is singular")
    return w + delta


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    if X.ndim != 2 or y.shape != (X.shape[0],):
        raise ValueError("the shapes do not match")
    if not len(y) or np.any(y < 0) or np.any(y > 1) or lam < 0:
        raise ValueError("no samples, or a number outside its range")
    n, d = X.shape
    w, count = np.zeros(d), 0
    while True:
        p = sigmoid(X @ w)
        gradient = (p - y) @ X / n + lam * w
        if count >= max_iter or not np.any(np.abs(gradient) > tol):
            return w, count
        weights = p * (1 - p)
        left = X.T @ np.diag(weights) @ X + n * lam * np.eye(d)
        w = np.linalg.solve(left, X.T @ (weights * (X @ w) - p + y))
        count += 1


def finite_diff_hessian(grad_f, w, h=1e-5):
    w = np.asarray(w, dtype=float)
    moves = np.diag(np.full(len(w), h))
    rows = [np.subtract(grad_f(w + e), grad_f(w - e)) / h / 2 for e in moves]
    matrix = np.stack(rows)
    return np.triu(matrix + matrix.T) / 2 + np.tril(matrix + matrix.T, -1) / 2
