"""accuracy does not compare the shapes.

Predictions (N,) and labels (N, 1) are compared as (N, N): for the equal labels 0, 1, 2 the result is 0.333
instead of 1. Raise a ValueError for different shapes.
"""

def accuracy(pred, y):
    predicted, labels = np.asarray(pred), np.asarray(y)
    if labels.size == 0:
        raise ValueError("no samples")
    return float((predicted == labels).mean())
