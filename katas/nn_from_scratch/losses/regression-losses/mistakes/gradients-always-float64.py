"""The gradients are float64, even for float32 pred.

y is often float64, and numpy converts a difference to the larger dtype. All gradients that are
computed from this one are then float64 too. Convert y to the dtype of pred.
"""

base = "variants/separate"


def _errors(pred, y):
    pred, y = np.asarray(pred), np.asarray(y)
    if pred.shape != y.shape:
        raise ValueError("pred and y need one shape")
    if pred.size == 0:
        raise ValueError("there are no elements")
    return pred.astype(float) - y.astype(float)
