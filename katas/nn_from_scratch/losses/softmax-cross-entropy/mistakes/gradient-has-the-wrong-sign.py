"""softmax_cross_entropy_grad returns Y - p.

A step against this gradient makes the loss larger. Where the probability of the label is too small,
the gradient has to be negative there, so that a step raises the logit. It is p - Y.
"""

base = "variants/by-hand"


def softmax_cross_entropy_grad(z, y):
    z, Y = _logits_and_targets(z, y)
    return (Y - _p(z)) / z.dtype.type(len(z))
