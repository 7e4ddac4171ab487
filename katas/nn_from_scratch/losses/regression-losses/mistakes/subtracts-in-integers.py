"""pred and y are subtracted in the dtype that they come in.

Small unsigned integers wrap around: in uint8, 1 - 3 is 254. Convert to floats before you subtract.
"""

base = "variants/separate"


def _errors(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.shape != y.shape:
        raise ValueError("pred and y need one shape")
    if pred.size == 0:
        raise ValueError("there are no elements")
    if pred.dtype.kind == "f":
        return pred - y.astype(pred.dtype)
    return (pred - y).astype(float)
