"""Labels outside 0 to 1 are accepted.

With labels of -1 and 1 the gradient pulls p towards -1, which no probability reaches, so the
weights make no sense. Raise a ValueError.
"""


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    samples, labels = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if samples.ndim != 2 or labels.shape != samples.shape[:1]:
        raise ValueError("X must be (N, D) and y (N,)")
    if len(samples) == 0:
        raise ValueError("there are no samples")
    if not lam >= 0:
        raise ValueError("lam must not be below 0")
    n, d = samples.shape
    w = np.zeros(d)
    for steps in range(max_iter + 1):
        p = sigmoid(samples @ w)
        grad = samples.T @ (p - labels) / n + lam * w
        if steps == max_iter or np.abs(grad).max(initial=0.0) <= tol:
            break
        hess = (samples.T * (p * (1 - p))) @ samples / n + lam * np.eye(d)
        w = newton_step(w, grad, hess)
    return w, steps
