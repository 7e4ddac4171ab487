"""The maximum is taken over the inputs instead of a sum.

A piece is an ordinary affine function: the sum over all inputs of input times weight, plus the bias. Only
then is the largest piece chosen. The name maxout does not mean the largest input.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    if biases.shape != weights.shape[::2]:
        raise ValueError(f"b must be {weights.shape[::2]}, got {biases.shape}")
    products = values[:, np.newaxis, :, np.newaxis] * weights
    pieces = products.max(axis=2).transpose(1, 0, 2) + biases[:, np.newaxis]
    return pieces.max(axis=0), pieces.argmax(axis=0)
