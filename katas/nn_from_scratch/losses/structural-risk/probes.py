"""Functions that run in the process of the learner's structural_risk module."""

import numpy as np

from . import structural_risk as module


def descend(
    samples: np.ndarray, targets: np.ndarray, lam: float, rate: float, steps: int
) -> np.ndarray:
    """Fit targets (N, O) by samples (N, I) with gradient descent; return the weights (I, O).

    The empirical risk is half of the squared error of a sample, averaged over the samples.
    """
    weights = np.zeros((samples.shape[1], targets.shape[1]))
    for _ in range(steps):
        data = samples.T @ (samples @ weights - targets) / len(samples)
        weights = weights - rate * (data + module.l2_penalty_grads([weights], lam)[0])
    return weights


def shares_memory(weights: list, lam: float) -> list:
    """Return for each gradient whether it uses memory of a weight matrix."""
    gradients = module.l2_penalty_grads(weights, lam)
    return [any(np.shares_memory(gradient, W) for W in weights) for gradient in gradients]
