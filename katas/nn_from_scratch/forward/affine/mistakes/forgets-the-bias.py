"""affine returns x @ W and does not add the bias.

An input of zeros then always gives zeros, whatever the biases are. For x = (1, 2) and the weights of
the lesson the result is (9, 12, 15) instead of (19, 32, 45). Add one bias to each output.
"""


def affine(x, W, b):
    x, W, b = _floats(x), _floats(W), _floats(b)
    if W.ndim != 2 or b.shape != W.shape[1:]:
        raise ValueError("the shapes of W and b do not match")
    return x @ W
