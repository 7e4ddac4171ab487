"""ReLU is applied to the maximum.

Maxout is already the activation, and its result may be negative: with one piece it is x W + b. If a unit
should act as a ReLU, training can make one of its pieces 0.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    pieces = np.einsum("nd,kdm->knm", values, weights) + biases[:, np.newaxis]
    return np.maximum(pieces.max(axis=0), 0), pieces.argmax(axis=0)
