"""maxout_forward accepts every bias that numpy can broadcast.

A b of shape (M,) becomes one bias for all pieces, and a b of shape (K, 1) one bias for all units,
without an error. In both cases a part of the model is missing. Compare the shapes, and raise
ValueError.
"""


def maxout_forward(x, W, b):
    values, weights, biases = _floats(x), _floats(W), _floats(b)
    _check(values, weights)
    pieces = np.einsum("nd,kdm->knm", values, weights)
    pieces = pieces + (biases[:, np.newaxis] if biases.ndim == 2 else biases)
    return pieces.max(axis=0), pieces.argmax(axis=0)
