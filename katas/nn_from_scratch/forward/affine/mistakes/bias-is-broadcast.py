"""affine does not test the shape of the bias, and numpy broadcasts it.

A bias of shape (1,) is added to all three outputs, and for N = O a bias of shape (O, 1) gives each
sample its own bias. Both are usually a mistake by the caller. Compare the shape of b with (O,)
before you add it.
"""


def affine(x, W, b):
    W = _floats(W)
    if W.ndim != 2:
        raise ValueError("W must have two axes")
    return _floats(x) @ W + _floats(b)


def collapse_linear(layers):
    if len(layers) == 0:
        raise ValueError("layers must contain at least one pair (W, b)")
    W, b = (_floats(part).copy() for part in layers[0])
    if any(np.shape(biases) != np.shape(weights)[1:] for weights, biases in layers):
        raise ValueError("a bias does not match its weights")
    for weights, biases in layers[1:]:
        W, b = W @ _floats(weights), b @ _floats(weights) + _floats(biases)
    return W, b
