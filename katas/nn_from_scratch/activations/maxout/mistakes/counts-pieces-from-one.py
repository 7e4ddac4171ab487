"""argmax counts the pieces from 1.

Indices begin at 0: the first piece is number 0 and the last one number K - 1. With 1 more, every gradient
goes to the next piece.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    pieces = np.einsum("nd,kdm->knm", values, weights) + biases[:, np.newaxis]
    return pieces.max(axis=0), pieces.argmax(axis=0) + 1
