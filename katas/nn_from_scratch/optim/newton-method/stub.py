"""Newton's method: fit a parabola to a function at a point, and jump to where it is flat.

A gradient says which way is down. The Hessian, the matrix of all second derivatives, says how the
gradient changes on the way, so one step knows how far to go.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

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
    raise NotImplementedError("kata newton-method: newton_step is not written yet")


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
    raise NotImplementedError("kata newton-method: logistic_newton is not written yet")


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
    raise NotImplementedError("kata newton-method: finite_diff_hessian is not written yet")
