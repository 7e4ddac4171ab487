"""The smallest piece is taken.

The minimum of affine functions bends downwards, like -|x|. Maxout is their maximum, and bends upwards.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    pieces = np.einsum("nd,kdm->knm", values, weights) + biases[:, np.newaxis]
    return pieces.min(axis=0), pieces.argmin(axis=0)
