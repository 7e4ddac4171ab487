"""The regression stops when a step is small, not when the gradient is.

The last step, which hardly changes anything, is then always made and counted: there are 6 steps
instead of 5. Check the gradient before each step.
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
        if steps == max_iter:
            break
        hess = (samples.T * (p * (1 - p))) @ samples / n + lam * np.eye(d)
        new = newton_step(w, grad, hess)
        if np.abs(new - w).max(initial=0.0) <= tol:
            w, steps = new, steps + 1
            break
        w = new
    return w, steps
