"""affine multiplies by the transpose of W.

Here W is (I, O), with one column per output. The transpose belongs to weights that are stored as (O, I).
For a square W the result is wrong without an error: (1, 2) and (1, 2; 3, 5) give (5, 13) instead of
(7, 12). Use W as it is passed.
"""


def affine(x, W, b):
    x, W, b = _floats(x), _floats(W), _floats(b)
    if W.ndim != 2 or b.shape != W.shape[1:]:
        raise ValueError("the shapes of W and b do not match")
    return x @ W.T + b
