"""The predicted classes are floats.

A class is used as an index and compared with labels, so it should be an integer. numpy does not
accept 2.0 as an index.
"""

def predict_classes(scores):
    values = np.asarray(scores)
    if values.ndim != 2 or values.shape[1] == 0:
        raise ValueError("scores must be (N, C)")
    if values.shape[1] == 1:
        return (values[:, 0] > 0).astype(np.float64)
    return values.argmax(axis=1).astype(np.float64)
