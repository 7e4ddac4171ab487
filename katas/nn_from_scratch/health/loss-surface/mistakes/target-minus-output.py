"""Both derivatives have the wrong sign.

At z = −2 and y = 1 the loss falls if z grows, so the derivatives are −0.185 and −0.881. They contain the
output minus the target.
"""


def logit_gradients(z, y):
    logits, targets = np.asarray(z), np.asarray(y)
    if logits.ndim != 1 or logits.shape != targets.shape:
        raise ValueError("z and y must be (N,)")
    error = sigmoid(logits) - targets
    return -2.0 * error * sigmoid_grad(logits), -error
