"""Cholesky for the regression, whose Hessian is positive definite; an inverse for the step."""

import numpy as np

from ..activations.logistic import sigmoid, sigmoid_grad


def as_floats(a):
    a = np.asarray(a)
    return a if a.dtype in (np.float32, np.float64) else a.astype(float)


def newton_step(w, grad, hess, damping=0.0):
    w, grad, hess = as_floats(w), as_floats(grad), as_floats(hess)
    (d,) = w.shape if w.ndim == 1 else (-1,)
    if grad.shape != (d,) or hess.shape != (d, d) or damping < 0:
        raise ValueError("shapes that fit and a damping that is not negative are needed")
    damped = hess.copy()
    damped[np.arange(d), np.arange(d)] += damping
    return w - np.linalg.inv(damped) @ grad


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    if X.ndim != 2 or y.ndim != 1 or len(X) != len(y) or len(X) == 0:
        raise ValueError("X must be (N, D) and y (N,)")
    if y.min() < 0 or y.max() > 1 or lam < 0:
        raise ValueError("a label or lam is outside its range")
    w = np.zeros(X.shape[1])
    done = 0
    while done < max_iter:
        z = X @ w
        g = (X * (sigmoid(z) - y)[:, None]).mean(axis=0) + lam * w
        if np.linalg.norm(g, np.inf) <= tol:
            break
        h = np.einsum("n,ni,nj->ij", sigmoid_grad(z), X, X) / len(X) + lam * np.eye(len(w))
        low = np.linalg.cholesky(h)
        w = w - np.linalg.solve(low.T, np.linalg.solve(low, g))
        done += 1
    return w, done


def finite_diff_hessian(grad_f, w, h=1e-5):
    w = np.array(w, dtype=float)
    d = len(w)
    result = np.empty((d, d))
    for j in range(d):
        above, below = w.copy(), w.copy()
        above[j] += h
        below[j] -= h
        result[:, j] = (np.asarray(grad_f(above)) - np.asarray(grad_f(below))) / (2 * h)
    return 0.5 * (result + result.T)
