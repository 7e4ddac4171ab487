"""Wrong: everything is summed, and the Hessian is measured on one side."""

import numpy as np

from ..activations.logistic import sigmoid


def newton_step(w, grad, hess, damping=0.0):
    w = np.asarray(w)
    grad = np.asarray(grad)
    hess = np.asarray(hess)
    if w.ndim != 1:
        raise ValueError("w must be (D,)")
    d = w.shape[0]
    if grad.shape != (d,):
        raise ValueError("grad must be (D,)")
    if hess.shape != (d, d):
        raise ValueError("hess must be (D, D)")
    if damping < 0:
        raise ValueError("damping must not be negative")
    A = hess + damping * np.eye(d)
    delta = np.linalg.solve(A, -grad)
    result = w + delta
    if w.dtype == np.float32:
        result = result.astype(np.float32)
    return result


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    X = np.asarray(X, dtype=np.float64)
    y = np.asarray(y, dtype=np.float64)
    if X.ndim != 2 or y.ndim != 1 or X.shape[0] != y.shape[0]:
        raise ValueError("X must be (N, D) and y (N,)")
    if X.shape[0] == 0:
        raise ValueError("no samples")
    if np.any(y < 0) or np.any(y > 1):
        raise ValueError("labels must be in [0, 1]")
    if lam < 0:
        raise ValueError("lam must not be negative")
    N, D = X.shape
    w = np.zeros(D)
    n_iter = 0
    while n_iter < max_iter:
        p = sigmoid(X @ w)
        g = X.T @ (p - y) + lam * w
        if np.all(np.abs(g) <= tol):
            break
        S = np.diag(p * (1 - p))
        H = X.T @ S @ X + lam * np.eye(D)
        w = newton_step(w, g, H)
        n_iter += 1
    return w, n_iter


def finite_diff_hessian(grad_f, w, h=1e-5):
    w = np.asarray(w, dtype=np.float64)
    D = w.size
    M = np.zeros((D, D))
    for j in range(D):
        e = np.zeros(D)
        e[j] = 1.0
        M[:, j] = (grad_f(w + h * e) - grad_f(w)) / h
    return (M + M.T) / 2
