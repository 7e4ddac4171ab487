"""The second result is the derivative with respect to p, and not z.

At z = −2 and y = 1 it is −8.4, and at z = −10 it is −22 027. With respect to z it is −0.88 and
−0.99995: the chain rule multiplies by the slope of the sigmoid, and the large factor is gone.
"""


def logit_gradients(z, y):
    logits, targets = np.asarray(z), np.asarray(y)
    if logits.ndim != 1 or logits.shape != targets.shape:
        raise ValueError("z and y must be (N,)")
    error = sigmoid(logits) - targets
    return 2.0 * error * sigmoid_grad(logits), error / sigmoid_grad(logits)
