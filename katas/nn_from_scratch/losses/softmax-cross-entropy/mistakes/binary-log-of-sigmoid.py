"""bce_with_logits takes the logarithm of the sigmoid.

For z = -800 the sigmoid is rounded to 0, and for z = 40 it is rounded to 1, so log p or log(1 - p) is
-inf. The loss should be 800 for z = -800 and y = 1. Rewrite the formula with z before you compute.
"""

base = "variants/by-hand"


def bce_with_logits(z, y):
    z, y = _binary(z, y)
    p = _sigmoid(z)
    with np.errstate(all="ignore"):
        return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())
