"""logistic_newton does not test its arguments.

Labels of -1 and 1 are then fitted as if -1 were a probability, a column of labels (N, 1) makes a
matrix of differences, and an empty batch gives nan. Raise a ValueError first.
"""


def logistic_newton(X, y, lam, tol=1e-10, max_iter=50):
    samples, labels = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
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
