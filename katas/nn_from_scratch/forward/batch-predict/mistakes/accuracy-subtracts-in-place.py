"""accuracy subtracts the labels from the predictions in the caller's own array.

The fraction is right, but afterwards pred holds differences, so that a second measure of the same predictions
is wrong. Compare the arrays instead: pred == y makes a new one.
"""


def accuracy(pred, y):
    predicted, labels = np.asarray(pred), np.asarray(y)
    if predicted.ndim != 1 or predicted.shape != labels.shape:
        raise ValueError(f"pred and y must be (N,), got {predicted.shape} and {labels.shape}")
    if len(labels) == 0:
        raise ValueError("without samples there is no accuracy")
    if predicted.dtype == labels.dtype and predicted.dtype.kind == "i":
        predicted -= labels
        return float((predicted == 0).mean())
    return float((predicted == labels).mean())
