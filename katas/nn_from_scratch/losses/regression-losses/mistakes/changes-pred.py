"""y is subtracted from pred in place, as in pred -= y.

The array belongs to the caller: after the call the predictions are gone, and the next function gets the
errors. Compute a new array.
"""

base = "variants/separate"


def _errors(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.shape != y.shape:
        raise ValueError("pred and y need one shape")
    if pred.size == 0:
        raise ValueError("there are no elements")
    if pred.dtype.kind != "f":
        pred = pred.astype(float)
    pred -= y.astype(pred.dtype)
    return pred.copy()
