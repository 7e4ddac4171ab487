"""affine computes W @ x instead of x @ W.

That is the layout with one column per sample. With one row per sample, it raises an error for W (2,
3), and for a square W the result is wrong: the first row for (1, 2; 3, 4) and (1, 2; 3, 5) is (7,
10) instead of (7, 12). Write down the shapes of both factors: the two inner axes must both be the
inputs.
"""


def affine(x, W, b):
    x, W, b = _floats(x), _floats(W), _floats(b)
    if W.ndim != 2 or b.shape != W.shape[1:]:
        raise ValueError("the shapes of W and b do not match")
    return W @ x + b
