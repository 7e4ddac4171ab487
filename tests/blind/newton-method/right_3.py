"""Right: an LU-free solve by QR, with the rank read from R."""

import numpy as np

from ..activations.logistic import sigmoid, sigmoid_grad


def newton_step(w, grad, hess, damping=0.0):
    w, grad, hess = [np.asarray(a) + 0.0 for a in (w, grad, hess)]
    if not (w.ndim == 1 and grad.ndim == 1 and hess.ndim == 2):
        raise ValueError("one, one and two axes are needed")
    if {*w.shape} != {*grad.shape, *hess.shape}:
        raise ValueError("all lengths must be the same")
    if damping < 0:
        raise ValueError("damping must be 0 or more")
    a = hess + np.diag(np.full(len(w), damping, dtype=hess.dtype))
    q, r = np.linalg.qr(a)
    size = np.abs(np.diag(r))
    if size.min() <= 1e-7 * max(size.max(), np.finfo(float).tiny):
        raise ValueError("singular matrix")
    return w - np.linalg.solve(r, q.T @ grad)


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    X, y = np.asarray(X, np.float64), np.asarray(y, np.float64)
    if X.ndim != 2 or X.shape[:1] != y.shape or not y.size:
        raise ValueError("X must be (N, D), y (N,), and N at least 1")
    if ((y < 0) | (y > 1)).any() or lam < 0:
        raise ValueError("labels must be from 0 to 1, and lam 0 or more")
    w = np.zeros(X.shape[1])
    for n in range(max_iter):
        z = X.dot(w)
        gradient = np.mean(X.T * (sigmoid(z) - y), axis=1) + lam * w
        if np.linalg.norm(gradient, np.inf) <= tol:
            return w, n
        curvature = np.mean(X[:, :, None] * X[:, None, :] * sigmoid_grad(z)[:, None, None], axis=0)
        w = newton_step(w, gradient, curvature, damping=lam)
    return w, max_iter


def finite_diff_hessian(grad_f, w, h=1e-5):
    w = np.asarray(w, np.float64)
    shifts = np.eye(len(w)) * h
    M = np.array([np.asarray(grad_f(w + s)) - np.asarray(grad_f(w - s)) for s in shifts]) / (2 * h)
    return (M + M.T) / 2
