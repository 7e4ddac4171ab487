"""Without samples, accuracy returns 0.

That reads as if every prediction was wrong. Without samples there is no accuracy: raise a
ValueError.
"""

def accuracy(pred, y):
    predicted, labels = np.asarray(pred), np.asarray(y)
    if predicted.ndim != 1 or predicted.shape != labels.shape:
        raise ValueError("pred and y must be (N,)")
    return float((predicted == labels).mean()) if len(labels) else 0.0
