"""All pieces of a unit get the bias of its first piece.

Each piece has its own bias, b[k, m]. A number that all pieces share cannot change which of them is the
largest, so all corners would be in the same place.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    pieces = np.einsum("nd,kdm->knm", values, weights) + biases[0]
    return pieces.max(axis=0), pieces.argmax(axis=0)
