"""bce_with_logits limits p to the range from 1e-15 to 1 - 1e-15.

The loss cannot be above 34.54 then: for z = -800 and y = 1 it should be 800. Rewrite the formula with z
before you compute, so that no logarithm of a rounded number is needed.
"""

base = "variants/by-hand"


def bce_with_logits(z, y):
    z, y = _binary(z, y)
    p = np.clip(_sigmoid(z), 1e-15, 1 - 1e-15)
    return float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())
