"""argmax is an array of floats.

The numbers of the pieces are used as indices, and numpy accepts only integers there. np.argmax returns
integers; keep them.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    pieces = np.einsum("nd,kdm->knm", values, weights) + biases[:, np.newaxis]
    return pieces.max(axis=0), pieces.argmax(axis=0).astype(values.dtype)
