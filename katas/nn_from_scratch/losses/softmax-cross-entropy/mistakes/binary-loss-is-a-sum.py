"""bce_with_logits adds up the costs of the samples.

The loss and its gradients then grow with the batch. It should be the mean over the N samples.
"""

base = "variants/by-hand"


def bce_with_logits(z, y):
    z, y = _binary(z, y)
    return float((np.maximum(z, 0) - y * z + np.log1p(np.exp(-abs(z)))).sum())
