"""The derivative of the squared error is taken with respect to p, and not z.

At z = −2 and y = 1 it is −1.76 and not −0.185. The sigmoid between z and the loss has a slope too.
"""


def logit_gradients(z, y):
    logits, targets = np.asarray(z), np.asarray(y)
    if logits.ndim != 1 or logits.shape != targets.shape:
        raise ValueError("z and y must be (N,)")
    error = sigmoid(logits) - targets
    return 2.0 * error, error
