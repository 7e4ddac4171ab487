"""accuracy returns the number of hits.

It should be the fraction: 1 hit of 2 is 0.5. Divide by the number of samples.
"""

def accuracy(pred, y):
    predicted, labels = np.asarray(pred), np.asarray(y)
    if predicted.ndim != 1 or predicted.shape != labels.shape:
        raise ValueError("pred and y must be (N,)")
    if len(labels) == 0:
        raise ValueError("no samples")
    return float((predicted == labels).sum())
