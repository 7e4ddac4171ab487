"""The derivatives are divided by the number of samples.

Nothing is averaged here: each sample has a loss of its own. With two samples, all numbers are half of
what they should be.
"""


def logit_gradients(z, y):
    logits, targets = np.asarray(z), np.asarray(y)
    if logits.ndim != 1 or logits.shape != targets.shape:
        raise ValueError("z and y must be (N,)")
    error = sigmoid(logits) - targets
    return 2.0 * error * sigmoid_grad(logits) / max(1, len(error)), error / max(1, len(error))
