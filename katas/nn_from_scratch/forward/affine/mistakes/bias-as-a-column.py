"""affine adds the biases as a column, with the shape (O, 1).

For N = O there is no error, and each sample gets a bias instead of each output. For one sample the
result is (O, O). numpy aligns shapes from the last axis, so a bias of shape (O,) needs no change.
"""


def affine(x, W, b):
    x, W, b = _floats(x), _floats(W), _floats(b)
    if W.ndim != 2 or b.shape != W.shape[1:]:
        raise ValueError("the shapes of W and b do not match")
    return x @ W + b.reshape(-1, 1)
