"""The piece with the largest absolute value is taken.

Of -5 and 2 the larger number is 2. With absolute values it would be -5, and the function would jump where
two pieces have opposite values.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    pieces = np.einsum("nd,kdm->knm", values, weights) + biases[:, np.newaxis]
    winners = np.abs(pieces).argmax(axis=0)
    return np.take_along_axis(pieces, winners[np.newaxis], axis=0)[0], winners
