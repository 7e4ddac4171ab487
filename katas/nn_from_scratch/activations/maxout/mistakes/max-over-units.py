"""The maximum is taken over the units and not over the pieces.

Every unit has K pieces of its own and keeps the largest of them: out has one number per sample and unit,
(N, M). Along the axis of the units it would be (K, N), and different units would compete.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    pieces = np.einsum("nd,kdm->knm", values, weights) + biases[:, np.newaxis]
    return pieces.max(axis=2), pieces.argmax(axis=2)
