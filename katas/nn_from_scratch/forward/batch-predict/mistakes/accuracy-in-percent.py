"""accuracy returns percent.

1 hit of 2 is then 50.0. The interface asks for a fraction from 0 to 1, so 0.5.
"""

def accuracy(pred, y):
    predicted, labels = np.asarray(pred), np.asarray(y)
    if predicted.ndim != 1 or predicted.shape != labels.shape:
        raise ValueError("pred and y must be (N,)")
    if len(labels) == 0:
        raise ValueError("no samples")
    return 100.0 * float((predicted == labels).mean())
