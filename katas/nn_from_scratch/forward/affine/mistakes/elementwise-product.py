"""affine multiplies x and W element by element with ``*``.

For (1, 2; 3, 4) and the weights (1, 2; 3, 5) the result is (1, 4; 9, 20) instead of (7, 12; 15, 26).
For other shapes numpy broadcasts or raises an error. A sum of products needs the matrix product.
"""


def affine(x, W, b):
    x, W, b = _floats(x), _floats(W), _floats(b)
    if W.ndim != 2 or b.shape != W.shape[1:]:
        raise ValueError("the shapes of W and b do not match")
    return x * W + b
