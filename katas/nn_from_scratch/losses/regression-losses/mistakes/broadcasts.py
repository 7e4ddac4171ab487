"""The shapes of pred and y are not compared.

For (N, 1) and (N,) numpy makes an (N, N) array of all differences: two equal columns 1, 2, 3 have an
MSE of 1.33. Test the shapes before you subtract.
"""

base = "variants/separate"


def _errors(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.size == 0:
        raise ValueError("there are no elements")
    dtype = pred.dtype if pred.dtype.kind == "f" else float
    return pred.astype(dtype) - y.astype(dtype)
