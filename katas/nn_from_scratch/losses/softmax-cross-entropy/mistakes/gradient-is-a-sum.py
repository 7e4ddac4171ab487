"""softmax_cross_entropy_grad does not divide by the number of samples.

The loss is a mean, so its gradient has a factor 1/N. Without it, ten copies of a sample give a step that
is ten times too large. Divide p - Y by N.
"""

base = "variants/by-hand"


def softmax_cross_entropy_grad(z, y):
    z, Y = _logits_and_targets(z, y)
    return _p(z) - Y
