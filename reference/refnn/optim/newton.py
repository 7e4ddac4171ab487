"""Newton's method: fit a parabola to a function at a point, and jump to where it is flat.

A gradient says which way is down. The Hessian, the matrix of all second derivatives, says how the
gradient changes on the way, so one step knows how far to go.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations.logistic import sigmoid

_Floats = NDArray[np.floating[Any]]


def newton_step(w: ArrayLike, grad: ArrayLike, hess: ArrayLike, damping: float = 0.0) -> _Floats:
    """Return ``w - (H + damping I)⁻¹ g``: the point where the parabola at w is flat.

    The inverse is not needed: solve the linear system ``(H + damping I) Δ = -g``. Without damping,
    the new point is the minimum of the parabola only if H is positive definite. At a saddle, it is
    the saddle.

    Args:
        w: the point, (D,).
        grad: the gradient g at w, (D,).
        hess: the Hessian H at w, (D, D).
        damping: a number that is added to the diagonal of H, 0 or above. The larger it is, the
            shorter the step, and the closer its direction is to that of ``-g``.

    Returns:
        A new array (D,). float32 arguments give float32; integers are converted to float64.

    Raises:
        ValueError: the shapes do not match, ``damping`` is below 0, or the matrix of the system is
            singular. (numpy's LinAlgError is a ValueError.)

    Source: J. Nocedal, S. Wright, Numerical Optimization, 2006, chapter 3.
    """
    point, slope, curvature = _floats(w), _floats(grad), _floats(hess)
    if point.ndim != 1 or slope.shape != point.shape or curvature.shape != point.shape * 2:
        raise ValueError(
            "w and grad must be (D,), and hess (D, D), got shapes "
            f"{point.shape}, {slope.shape} and {curvature.shape}"
        )
    if not damping >= 0:
        raise ValueError(f"damping must not be below 0, got {damping}")
    matrix = curvature + damping * np.eye(len(point), dtype=curvature.dtype)
    new: _Floats = point - np.linalg.solve(matrix, slope)
    return new


def logistic_newton(
    X: ArrayLike, y: ArrayLike, lam: float, tol: float = 1e-10, max_iter: int = 50
) -> tuple[_Floats, int]:
    """Fit a logistic regression by Newton's method, from ``w = 0``.

    With ``p = sigmoid(X @ w)``, the function to minimize is the mean cross-entropy plus an L2
    penalty: ``-(1/N) Σ (y log p + (1 - y) log(1 - p)) + (lam / 2) Σ w²``. Its derivatives are::

        g = Xᵀ (p - y) / N + lam w
        H = Xᵀ S X / N + lam I         where S is diagonal, with p (1 - p) on the diagonal

    Steps are made until no number in the gradient is larger than ``tol`` in absolute value, or
    until there were ``max_iter`` steps.

    Args:
        X: one row per sample, (N, D), N > 0. A bias needs a column of ones in X.
        y: the labels, (N,): 0 and 1, or probabilities between them.
        lam: the strength of the penalty, 0 or above.
        tol: the largest number in a gradient that counts as zero.
        max_iter: the largest number of steps, 0 or above.

    Returns:
        The weights, (D,), in float64, and the number of steps that were made.

    Raises:
        ValueError: the shapes do not match, there are no samples, a label is outside 0 to 1,
            ``lam`` is below 0, or a Hessian is singular.

    Source: C. Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.3.
    """
    samples, labels = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if samples.ndim != 2 or labels.shape != samples.shape[:1]:
        raise ValueError(f"X must be (N, D) and y (N,), got {samples.shape} and {labels.shape}")
    if len(samples) == 0:
        raise ValueError("there are no samples")
    if not ((labels >= 0) & (labels <= 1)).all():
        raise ValueError("labels must be from 0 to 1")
    if not lam >= 0:
        raise ValueError(f"lam must not be below 0, got {lam}")
    n, d = samples.shape
    w: _Floats = np.zeros(d)
    for steps in range(max_iter + 1):
        p = sigmoid(samples @ w)
        grad = samples.T @ (p - labels) / n + lam * w
        if steps == max_iter or np.abs(grad).max(initial=0.0) <= tol:
            break
        hess = (samples.T * (p * (1 - p))) @ samples / n + lam * np.eye(d)
        w = newton_step(w, grad, hess)
    return w, steps


def finite_diff_hessian(
    grad_f: Callable[[_Floats], ArrayLike], w: ArrayLike, h: float = 1e-5
) -> _Floats:
    """Return the Hessian of a function at w, by differences of its gradient.

    Column j is ``(grad_f(w + h e_j) - grad_f(w - h e_j)) / (2 h)``, where ``e_j`` is 1 at j and 0
    elsewhere. The matrix of these differences is a little asymmetric because of rounding; the
    result is the mean of it and its transpose.

    Args:
        grad_f: takes an array (D,) in float64 and returns the gradient there, (D,).
        w: the point, (D,). It is not changed.
        h: the step, above 0.

    Returns:
        A symmetric array (D, D) in float64.
    """
    point = np.asarray(w, dtype=np.float64)
    columns = [
        (np.asarray(grad_f(point + step)) - np.asarray(grad_f(point - step))) / (2 * h)
        for step in h * np.eye(len(point))
    ]
    measured = np.array(columns).reshape(len(point), len(point))
    result: _Floats = (measured + measured.T) / 2
    return result


def _floats(values: ArrayLike) -> _Floats:
    """Return an array of floats; integers become float64."""
    array = np.asarray(values)
    return array if array.dtype.kind == "f" else array.astype(np.float64)
