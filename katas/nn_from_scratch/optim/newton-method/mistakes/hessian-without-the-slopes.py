"""The Hessian of the regression is X.T @ X / N: the factors p (1 - p) are missing.

The gradient changes with w only through p, and the slope of the sigmoid is p (1 - p). It is 1/4 at
first, so the first step is 4 times too short without a penalty, and instead of 5 the regression
needs many steps.
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
        hess = samples.T @ samples / n + lam * np.eye(d)
        w = newton_step(w, grad, hess)
    return w, steps
