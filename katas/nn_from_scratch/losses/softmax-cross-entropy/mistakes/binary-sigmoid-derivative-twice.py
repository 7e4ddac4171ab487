"""bce_with_logits_grad multiplies p - y by p (1 - p).

The derivative of the sigmoid is already in p - y. For z = log 3 and y = 1 the result is -0.047 instead
of -0.25. Leave the factor out.
"""

base = "variants/by-hand"


def bce_with_logits_grad(z, y):
    z, y = _binary(z, y)
    p = _sigmoid(z)
    return (p - y) * p * (1 - p) / z.dtype.type(len(z))
