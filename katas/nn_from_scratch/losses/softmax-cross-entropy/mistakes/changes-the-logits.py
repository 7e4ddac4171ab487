"""softmax_cross_entropy_grad subtracts the maximum in the caller's array.

An operation such as z -= ... writes into the array that was passed in, so the logits of the network
change during the backward pass. Compute a new array.
"""

base = "variants/by-hand"


def softmax_cross_entropy_grad(z, y):
    z, Y = _logits_and_targets(z, y)
    z -= z.max(axis=1, keepdims=True)
    return (_p(z) - Y) / z.dtype.type(len(z))
