"""softmax_cross_entropy_grad divides by the number of entries, N · C.

The loss adds up the classes and averages the samples, so the gradient has the factor 1/N. With three
classes all steps are three times too small. Divide by the number of rows.
"""

base = "variants/by-hand"


def softmax_cross_entropy_grad(z, y):
    z, Y = _logits_and_targets(z, y)
    return (_p(z) - Y) / z.dtype.type(z.size)
