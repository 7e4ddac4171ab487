"""The number of steps is one too large.

The last check, which finds that the gradient is small enough, is not a step. Count only the changes
of w.
"""


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    samples, labels = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if samples.ndim != 2 or labels.shape != samples.shape[:1]:
        raise ValueError("X must be (N, D) and y (N,)")
    if len(samples) == 0:
        raise ValueError("there are no samples")
    if not ((labels >= 0) & (labels <= 1)).all():
        raise ValueError("labels must be from 0 to 1")
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
    return w, steps if steps == max_iter else steps + 1
