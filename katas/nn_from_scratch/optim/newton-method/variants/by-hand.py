"""Gaussian elimination by hand, and the Hessian as a sum of outer products."""

import numpy as np

from ..activations.logistic import sigmoid


def eliminate(matrix, right):
    rows = np.column_stack((matrix, right)).astype(np.float64)
    d = len(rows)
    for k in range(d):
        pivot = k + int(np.argmax(np.abs(rows[k:, k])))
        if rows[pivot, k] == 0:
            raise ValueError("the matrix is singular")
        rows[[k, pivot]] = rows[[pivot, k]]
        for i in range(k + 1, d):
            rows[i] -= rows[i, k] / rows[k, k] * rows[k]
    x = np.zeros(d)
    for k in reversed(range(d)):
        x[k] = (rows[k, d] - rows[k, k + 1 : d] @ x[k + 1 :]) / rows[k, k]
    return x


def newton_step(w, grad, hess, damping=0.0):
    w, grad, hess = np.asarray(w), np.asarray(grad), np.asarray(hess)
    d = w.size
    if w.shape != (d,) or grad.shape != (d,) or hess.shape != (d, d) or damping < 0:
        raise ValueError("the arguments do not match")
    new = w - eliminate(hess + damping * np.eye(d), grad)
    return new.astype(np.float32) if w.dtype == np.float32 else new


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    X, y = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if X.ndim != 2 or y.shape != (len(X),) or len(X) < 1 or lam < 0:
        raise ValueError("the arguments do not match")
    if ((y < 0) | (y > 1)).any():
        raise ValueError("a label is outside 0 to 1")
    w = np.zeros(X.shape[1])
    for count in range(max_iter):
        p = sigmoid(X @ w)
        gradient = np.mean((p - y)[:, None] * X, axis=0) + lam * w
        if max(map(abs, gradient.tolist()), default=0.0) <= tol:
            return w, count
        h = sum(q * (1 - q) * np.outer(x, x) for q, x in zip(p, X, strict=True)) / len(X)
        w = newton_step(w, gradient, h + lam * np.eye(len(w)))
    return w, max_iter


def finite_diff_hessian(grad_f, w, h=1e-5):
    w = np.asarray(w, dtype=np.float64)
    measured = np.zeros((len(w), len(w)))
    for j in range(len(w)):
        e = np.zeros(len(w))
        e[j] = h
        measured[j] = (np.array(grad_f(w + e)) - np.array(grad_f(w - e))) / (2 * h)
    return (measured + measured.T) / 2
