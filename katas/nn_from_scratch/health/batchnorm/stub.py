"""Batch normalization: every feature gets mean 0 and variance 1 over the batch.

The layer has the methods and attributes of every layer. What it computes in training differs from
what it computes afterwards.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.floating[Any]]


class BatchNorm:
    """Normalize each of D features, then scale and shift it: ``gamma * x_hat + beta``.

    With the mean and the variance of each column of x, over the N samples of the batch:

        mean = sum of x / N
        var = sum of (x - mean)² / N
        x_hat = (x - mean) / sqrt(var + eps)

    Attributes:
        params: the arrays "gamma" and "beta", (D,), at first ones and zeros. The layer computes
            with these arrays, so a change in place takes effect.
        grads: the gradients of "gamma" and "beta", (D,), zero at first. ``backward`` adds to them.
        running_mean, running_var: averages of the means and of the variances of the batches, (D,),
            at first zeros and ones. They replace mean and var outside of training.

    No method changes its arguments, or an array that it returned.
    Source: S. Ioffe, C. Szegedy 2015.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]
    running_mean: _Floats
    running_var: _Floats

    def __init__(self, dim: int, momentum: float = 0.9, eps: float = 1e-5) -> None:
        """Start with gamma 1, beta 0, and running statistics that change nothing, apart from eps.

        Args:
            dim: D, the number of features.
            momentum: the fraction of the old value that a running statistic keeps in each step.
            eps: is added to the variance under the square root, so that a constant column causes
                no division by zero.
        """
        raise NotImplementedError("kata batchnorm: BatchNorm.__init__ is not written yet")

    def forward(self, x: ArrayLike, training: bool = False) -> _Floats:
        """Return the normalized, scaled and shifted samples, (N, D).

        Args:
            x: one row per sample, (N, D). Integers are converted to float64.
            training: normalize with mean and variance of this batch, store what ``backward``
                needs, and update each running statistic:
                ``momentum * old + (1 - momentum) * new``, where new is the mean or the variance of
                the batch (divided by N, as above). A call without it normalizes with the running
                statistics, whatever the batch is. It changes neither them nor what an earlier call
                stored.

        Raises:
            ValueError: ``x`` is not (N, D), or N is 0 in training: there is no mean then.
        """
        raise NotImplementedError("kata batchnorm: BatchNorm.forward is not written yet")

    def backward(self, dout: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, D), and add d(loss)/dgamma and d(loss)/dbeta to ``grads``.

        Each sample also changes the mean and the variance, and so the outputs of all samples. Let
        g = dout * gamma. Each mean is taken over the batch:

            d(loss)/dx = (g - mean(g) - x_hat * mean(g * x_hat)) / sqrt(var + eps)

        Args:
            dout: the upstream gradient d(loss)/d(output), (N, D), for the samples of the last call
                of ``forward`` with ``training=True``. If the loss is a mean, 1/N is already in it.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dout`` is not (N, D). ``grads`` are then unchanged.
        """
        raise NotImplementedError("kata batchnorm: BatchNorm.backward is not written yet")

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        raise NotImplementedError("kata batchnorm: BatchNorm.zero_grad is not written yet")
